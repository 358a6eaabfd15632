import type { DomainDocument } from '#domain/document.ts';
import { bucketOf, createDigest } from '#domain/sync/digest.ts';
import type { PushItem, Receipt } from '#domain/sync/messages.ts';
import type { PullAnswer, PushAnswer, Transport } from '#lib/device/transport.ts';

interface Standing {
	readonly rev: string;
	readonly doc: unknown;
}

/** What goes wrong with the next request, if anything. */
export type Fault = 'none' | 'unreachable' | 'answerLost' | 'streamBreaks' | 'signedOut' | 'tooLarge' | 'busy';

/** What a server that is asked too often asks for. */
export const BUSY_MS = 30_000;

/**
 * A school's server of some twenty lines: stores, compares and streams as the protocol says, and fails on command.
 * Its judgement is the test's: `reject` says why a document is not taken.
 */
export function createFakeSyncServer(
	reject: (doc: DomainDocument) => 'notAllowed' | 'unknownReference' | null = () => null,
) {
	const standing = new Map<string, Standing>();
	const hidden = new Set<string>();
	/** Every revision that was ever stored here, by id. */
	const history = new Map<string, string[]>();
	/** Every document that ever came in, in order. */
	const everStored: unknown[] = [];
	const faults: Fault[] = [];
	let requests = 0;
	let mustForget = false;

	function put(id: string, rev: string, doc: unknown): void {
		everStored.push(doc);
		standing.set(id, { rev, doc });
		history.set(id, [...(history.get(id) ?? []), rev]);
	}

	function judge({ id, rev, baseRev, doc }: PushItem): Receipt['result'] {
		const receivedAt = '2026-03-09T12:00:00.000Z';
		if (history.get(id)?.includes(rev)) return { kind: 'duplicate', receivedAt };
		const reason = reject(doc as DomainDocument);
		if (reason) return { kind: 'rejected', reason };
		const current = standing.get(id);
		if (current && current.rev !== baseRev) return { kind: 'conflict', currentRev: current.rev, current: current.doc };
		put(id, rev, doc);
		return { kind: 'stored', receivedAt };
	}

	const visible = () => [...standing].filter(([id]) => !hidden.has(id));

	function stream(ids: readonly string[], drops: readonly string[], breaks: boolean): PullAnswer {
		const lines = [
			...ids.map((id) => JSON.stringify({ id, ...standing.get(id) })),
			...drops.map((id) => JSON.stringify({ id, drop: 'outOfScope' })),
		];
		async function* batches() {
			const half = Math.ceil(lines.length / 2);
			yield lines.slice(0, half);
			if (breaks) throw new Error('the stream broke');
			yield lines.slice(half);
		}
		return { kind: 'documents', total: lines.length, batches: batches() };
	}

	const unreachable = { kind: 'failed', problem: 'unreachable' } as const;
	const busy = { kind: 'failed', problem: 'serverFault', retryAfterMs: BUSY_MS } as const;

	const transport: Transport = {
		async push({ items }): Promise<PushAnswer> {
			requests++;
			const fault = faults.shift() ?? 'none';
			if (fault === 'unreachable') return unreachable;
			if (fault === 'signedOut') return { kind: 'failed', problem: 'signedOut' };
			if (fault === 'busy') return busy;
			if (fault === 'tooLarge' && items.length > 1) return { kind: 'tooLarge' };
			const receipts = items.map((item) => ({ id: item.id, rev: item.rev, seq: item.seq, result: judge(item) }));
			return fault === 'answerLost' ? unreachable : { kind: 'receipts', receipts };
		},
		async pull(request): Promise<PullAnswer> {
			requests++;
			const fault = faults.shift() ?? 'none';
			if (fault === 'unreachable' || fault === 'answerLost') return unreachable;
			if (mustForget) return { kind: 'failed', problem: 'mustForget' };
			if (fault === 'signedOut') return { kind: 'failed', problem: 'signedOut' };
			if (fault === 'busy') return busy;
			const digest = createDigest();
			for (const [id, { rev }] of visible()) digest.add(id, rev);
			if (request.kind === 'compare') {
				if (request.digest === digest.root() && request.count === digest.count()) return { kind: 'equal' };
				if (request.count > 0) return { kind: 'buckets', buckets: digest.buckets() };
				return stream(
					visible().map(([id]) => id),
					[],
					fault === 'streamBreaks',
				);
			}
			const asked = new Set(request.buckets.map(({ bucket }) => bucket));
			const held = new Map(request.buckets.flatMap((bucket) => bucket.held));
			const now = new Map(visible());
			const missing = [...now].filter(([id, { rev }]) => asked.has(bucketOf(id)) && held.get(id) !== rev);
			return stream(
				missing.map(([id]) => id),
				[...held.keys()].filter((id) => !now.has(id)),
				fault === 'streamBreaks',
			);
		},
	};

	return {
		transport,
		put,
		hide: (id: string) => hidden.add(id),
		show: (id: string) => hidden.delete(id),
		/** What goes wrong with the requests to come, in order. */
		failNext: (...next: readonly Fault[]) => faults.push(...next),
		/** From now on this device may send what waits there, and nothing else. */
		askToForget: () => (mustForget = true),
		forgetFaults: () => faults.splice(0),
		everStored: everStored as readonly unknown[],
		received: (id: string): readonly string[] => history.get(id) ?? [],
		standing: (id: string) => standing.get(id),
		visible: () => new Map(visible()),
		get requests() {
			return requests;
		},
	};
}

export type FakeSyncServer = ReturnType<typeof createFakeSyncServer>;
