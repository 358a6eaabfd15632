import { withAllHangingOn } from '#domain/retention/hanging-on.ts';
import type { OpenSchool } from '#server/schools.ts';
import type { ErasedBecause } from './deny-list.ts';

/**
 * Erases documents and all that hangs on them, for good (D10): first denied, then removed. Killed in between, the
 * next start finishes it. Devices drop them at their next pull. Returns the ids that were there.
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
