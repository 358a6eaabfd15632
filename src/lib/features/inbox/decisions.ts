import type { PersonId } from '#domain/id.ts';
import type { InboxItem } from '#domain/incident/inbox-items.ts';
import { moveAlong, othersOf, splitOff } from '#domain/incident/merge-incidents.ts';
import { decide, revert, type DraftProblem, type ProcessingDraft } from '#domain/incident/process-observation.ts';
import type { Processing, ProcessingOutcome } from '#domain/incident/processing.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

export type DecisionProblem = DraftProblem | SaveProblem;

/** What stood before, so that a decision can be undone. */
export type Before = readonly InboxItem[];

/** The coordinator's four actions on an observation: each decides, saves, and hands back what it takes to undo it. */
export function createDecisions(device: Pick<Device, 'save'>, by: PersonId, now: () => Date) {
	const stamp = () => ({ by, at: now().toISOString() as Instant });

	async function save(revisions: readonly Processing[], before: Before): Promise<Result<Before, DecisionProblem>> {
		if (revisions.length === 0) return ok([]);
		const saved = await device.save(revisions);
		return saved.ok ? ok(before) : saved;
	}

	return {
		/** Confirms or sets aside. With another incident in the draft, the others of its incident move along. */
		async decide(
			item: InboxItem,
			draft: ProcessingDraft,
			outcome: Exclude<ProcessingOutcome, 'open'>,
			items: readonly InboxItem[],
		): Promise<Result<Before, DecisionProblem>> {
			const decided = decide(item.observation, draft, outcome, stamp());
			if (!decided.ok) return decided;
			const along = moveAlong(item, draft.incidentId, items, stamp());
			const moved = along.length > 0 ? othersOf(item, items) : [];
			return save([decided.value, ...along], [item, ...moved]);
		},

		split(item: InboxItem, items: readonly InboxItem[]): Promise<Result<Before, DecisionProblem>> {
			return save(splitOff(item, items, stamp()), [item, ...othersOf(item, items)]);
		},

		undo(before: Before): Promise<Result<Before, DecisionProblem>> {
			return save(
				before.map((item) => revert(item, stamp())),
				before,
			);
		},
	};
}
