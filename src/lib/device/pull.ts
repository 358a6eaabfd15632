import { bucketOf } from '#domain/sync/digest.ts';
import { PROTOCOL, PullLine, type LostRevision } from '#domain/sync/messages.ts';
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
	/** The server lost something that is here: it waits to go out again. */
	readonly offered: boolean;
}

/** Compares what is held here with what this person may see today, and takes over the difference (D4). */
export async function pullAll(
	store: PersonStore,
	transport: Transport,
	onProgress: (progress: Progress) => void,
): Promise<PullOutcome> {
	const deviceId = await store.deviceId();
	const { replica } = store;
	let offered = false;
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const digest = replica.digest;
		const compared = await transport.pull({
			kind: 'compare',
			protocol: PROTOCOL,
			deviceId,
			digest: digest.root(),
			count: digest.count(),
		});
		if (compared.kind === 'equal') return { problem: null, changed: round > 0, offered };
		const answer =
			compared.kind === 'buckets'
				? await transport.pull({
						kind: 'reconcile',
						protocol: PROTOCOL,
						deviceId,
						buckets: differing(digest.buckets(), compared.buckets, replica.held()),
					})
				: compared;
		const taken = await take(store, answer, onProgress);
		offered ||= taken.offered;
		if (taken.problem) return { problem: taken.problem, changed: round > 0, offered };
	}
	return { problem: 'serverFault', changed: true, offered };
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

type Taken = Pick<PullOutcome, 'problem' | 'offered'>;

async function take(store: PersonStore, answer: PullAnswer, onProgress: (progress: Progress) => void): Promise<Taken> {
	if (answer.kind !== 'documents') return { problem: problemOf(answer), offered: false };
	let count = 0;
	let offered = false;
	try {
		for await (const lines of unlessBroken(answer.batches)) {
			count += lines.length;
			const { changes, lost, text } = readLines(lines);
			await store.applyPulled(changes, text);
			if (lost.length > 0 && (await store.offerAgain(lost)) > 0) offered = true;
			if (answer.total >= PROGRESS_FROM) onProgress({ received: count, total: answer.total });
		}
	} catch (error) {
		if (error instanceof BadLine) return { problem: 'serverFault', offered };
		throw error;
	} finally {
		onProgress(null);
	}
	return { problem: count === answer.total ? null : 'unreachable', offered };
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
	readonly changes: readonly HeldChange[];
	readonly lost: readonly LostRevision[];
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
	let words = 0;
	const lost: LostRevision[] = [];
	const changes = parsed.flatMap((value): HeldChange[] => {
		const line = PullLine.safeParse(value);
		if (!line.success) throw new BadLine();
		if ('doc' in line.data) return [line.data];
		words++;
		if ('drop' in line.data) return [{ id: line.data.id, rev: null }];
		lost.push(line.data);
		return [];
	});
	return { changes, lost, text: words === 0 ? text : undefined };
}

function problemOf(answer: Exclude<PullAnswer, { kind: 'documents' }> | Failure): SyncProblem {
	return answer.kind === 'failed' ? answer.problem : 'serverFault';
}
