import { hangsOn, withAllHangingOn } from '#domain/retention/hanging-on.ts';
import type { OpenSchool } from '#server/schools.ts';
import type { ErasedBecause } from './deny-list.ts';

/**
 * Erases documents and all that hangs on them, for good (D10): first denied, then removed. Killed in between, the
 * next start and `eraseLeftBehind` finish it. Devices drop them at their next pull. Returns the ids that were there.
 */
export async function erase(
	{ replica, denyList }: Pick<OpenSchool, 'replica' | 'denyList'>,
	ids: Iterable<string>,
	because: ErasedBecause,
	now: Date,
): Promise<string[]> {
	const documents = Array.from(replica.envelopes(), ({ doc }) => doc);
	const all = withAllHangingOn(ids, documents);
	await denyList.add(all, because, now);
	const there = [...all].filter((id) => replica.get(id));
	await replica.remove(there);
	return there;
}

/**
 * What hangs on something denied goes, too: a kill between two denials left it, or a push that was judged before them
 * brought it. Returns the ids that were there.
 */
export async function eraseLeftBehind(school: Pick<OpenSchool, 'replica' | 'denyList'>, now: Date): Promise<string[]> {
	const left = new Map<ErasedBecause, string[]>();
	for (const { doc } of school.replica.envelopes()) {
		const [because] = hangsOn(doc).flatMap((id) => school.denyList.reasonFor(id) ?? []);
		if (because) left.set(because, [...(left.get(because) ?? []), doc.id]);
	}
	const gone: string[] = [];
	for (const [because, ids] of left) gone.push(...(await erase(school, ids, because, now)));
	return gone;
}
