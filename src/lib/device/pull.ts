import { bucketOf } from '#domain/sync/digest.ts';
import { PROTOCOL, PullLine } from '#domain/sync/messages.ts';
import type { SyncProblem, SyncStatus } from './device.ts';
import type { HeldChange } from './held-store.ts';
import type { PersonStore } from './person-store.ts';
import type { Failure, PullAnswer, Transport } from './transport.ts';

/** Something may change at the server while we compare; it cannot go on for ever. */
const MAX_ROUNDS = 4;

/** Below this a first sync is over before a bar could be read. */
const PROGRESS_FROM = 1000;

type Progress = SyncStatus['progress'];

export interface PullOutcome {
	/** What stopped it; `null`: the server said that both sides hold the same. */
	readonly problem: SyncProblem | null;
	/** Something came or went. */
	readonly changed: boolean;
}

/** Compares what is held here with what this person may see today, and takes over the difference (D4). */
export async function pullAll(
	store: PersonStore,
	transport: Transport,
	onProgress: (progress: Progress) => void,
): Promise<PullOutcome> {
	const deviceId = await store.deviceId();
	const { replica } = store;
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const digest = replica.digest;
		const compared = await transport.pull({
			kind: 'compare',
			protocol: PROTOCOL,
			deviceId,
			digest: digest.root(),
			count: digest.count(),
		});
		if (compared.kind === 'equal') return { problem: null, changed: round > 0 };
		const answer =
			compared.kind === 'buckets'
				? await transport.pull({
						kind: 'reconcile',
						protocol: PROTOCOL,
						deviceId,
						buckets: differing(digest.buckets(), compared.buckets, replica.held()),
					})
				: compared;
		const problem = await take(store, answer, onProgress);
		if (problem) return { problem, changed: round > 0 };
	}
	return { problem: 'serverFault', changed: true };
}

/** What is held here in each bucket that differs. */
function differing(mine: readonly string[], theirs: readonly string[], held: Iterable<{ id: string; rev: string }>) {
	const buckets = new Map<number, [string, string][]>();
	theirs.forEach((digest, bucket) => {
		if (digest !== mine[bucket]) buckets.set(bucket, []);
	});
	for (const { id, rev } of held) buckets.get(bucketOf(id))?.push([id, rev]);
	return [...buckets].map(([bucket, entries]) => ({ bucket, held: entries }));
}

async function take(
	store: PersonStore,
	answer: PullAnswer,
	onProgress: (progress: Progress) => void,
): Promise<SyncProblem | null> {
	if (answer.kind !== 'documents') return problemOf(answer);
	let count = 0;
	try {
		for await (const lines of unlessBroken(answer.batches)) {
			count += lines.length;
			const { changes, text } = readLines(lines);
			await store.applyPulled(changes, text);
			if (answer.total >= PROGRESS_FROM) onProgress({ received: count, total: answer.total });
		}
	} catch (error) {
		if (error instanceof BadLine) return 'serverFault';
		throw error;
	} finally {
		onProgress(null);
	}
	return count === answer.total ? null : 'unreachable';
}

/** A stream that breaks off ends: what came is kept, and the count tells that it was not all. */
async function* unlessBroken(batches: AsyncIterable<readonly string[]>): AsyncGenerator<readonly string[]> {
	const reading = batches[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await reading.next().catch(() => null);
			if (!next || next.done) return;
			yield next.value;
		}
	} finally {
		await reading.return?.();
	}
}

class BadLine extends Error {}

interface Batch {
	readonly changes: HeldChange[];
	/** The changes as JSON, when the lines already are. */
	readonly text: string | undefined;
}

/** One parse for a whole batch: a thousand small ones take twice as long. */
function readLines(lines: readonly string[]): Batch {
	const text = `[${lines.join(',')}]`;
	let parsed: unknown[];
	try {
		parsed = JSON.parse(text) as unknown[];
	} catch {
		throw new BadLine();
	}
	let drops = 0;
	const changes = parsed.map((value): HeldChange => {
		const line = PullLine.safeParse(value);
		if (!line.success) throw new BadLine();
		if (!('drop' in line.data)) return line.data;
		drops++;
		return { id: line.data.id, rev: null };
	});
	return { changes, text: drops === 0 ? text : undefined };
}

function problemOf(answer: Exclude<PullAnswer, { kind: 'documents' }> | Failure): SyncProblem {
	return answer.kind === 'failed' ? answer.problem : 'serverFault';
}
