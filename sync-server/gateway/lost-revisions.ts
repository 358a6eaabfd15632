import { can } from '#domain/access/access.ts';
import type { Actor } from '#domain/access/rules.ts';
import type { LostRevision } from '#domain/sync/messages.ts';
import { MASKED, type View } from '#server/replica/view.ts';
import type { OpenSchool } from '#server/schools.ts';
import type { Envelope } from '#server/store/envelope.ts';

/**
 * After a backup was restored the server is older than its devices. It notices by what they hold: a document it has
 * never heard of and never erased, or a revision that is in nobody's past, of a document this reader may write. Whoever
 * only reads such a document takes what stands here.
 */
export function lostRevisions(
	held: ReadonlyMap<string, string>,
	differing: readonly string[],
	view: View,
	{ replica, denyList }: Pick<OpenSchool, 'replica' | 'denyList'>,
	actor: Actor,
): LostRevision[] {
	return differing.flatMap((id) => {
		const rev = held.get(id);
		// What this reader holds with something left out is not the whole, and must not come back as if it were.
		if (rev === undefined || rev.endsWith(MASKED) || denyList.reasonFor(id)) return [];
		const standing = replica.get(id);
		if (!standing) return { id, lost: rev, current: null };
		const current = view.revisions().get(id);
		const mayWrite = can(actor, 'revise', { doc: standing.doc, facts: replica.facts });
		// Also when its day here is over: what was written last must not go with it.
		return mayWrite && !isKnown(rev, standing) ? { id, lost: rev, current: current ?? standing.rev } : [];
	});
}

function isKnown(rev: string, standing: Envelope): boolean {
	return [standing, ...standing.past].some((arrival) => asWritten(arrival.rev) === asWritten(rev));
}

/** Without what the server adds for a reader or an older app. */
function asWritten(rev: string): string {
	return rev.replace(/~.*$/, '');
}
