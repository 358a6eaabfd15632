import type { PersonId } from '#domain/id.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Case, CaseEntry, CaseVerdict, FollowUp, FollowUpOutcome } from './case.ts';
import type { CaseState } from './case-state.ts';

/** One thing that happened in a case. */
export type StoryEvent = { readonly id: string; readonly at: Instant; readonly by: PersonId } & (
	| { readonly kind: 'opened'; readonly document: Case }
	| { readonly kind: 'entry'; readonly document: CaseEntry }
	| { readonly kind: 'followUp'; readonly document: FollowUp }
	| { readonly kind: 'outcome'; readonly document: FollowUpOutcome; readonly followUp: FollowUp }
	| { readonly kind: 'verdict'; readonly document: CaseVerdict }
);

/** What happened in a case, the latest first: it reads as a story from the bottom up. */
export function caseStory(state: CaseState): StoryEvent[] {
	const { openedAt, openedBy, id } = state.case;
	const events: StoryEvent[] = [{ kind: 'opened', id, at: openedAt, by: openedBy, document: state.case }];
	for (const { entries, followUps, verdict } of state.turns) {
		for (const entry of Object.values(entries).flat())
			events.push({ kind: 'entry', id: entry.id, at: entry.writtenAt, by: entry.writtenBy, document: entry });
		for (const { followUp, outcomes } of followUps) {
			events.push({ kind: 'followUp', id: followUp.id, at: followUp.setAt, by: followUp.setBy, document: followUp });
			for (const outcome of outcomes)
				events.push({
					kind: 'outcome',
					id: outcome.id,
					at: outcome.recordedAt,
					by: outcome.recordedBy,
					document: outcome,
					followUp,
				});
		}
		if (verdict)
			events.push({ kind: 'verdict', id: verdict.id, at: verdict.judgedAt, by: verdict.judgedBy, document: verdict });
	}
	return events.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1));
}
