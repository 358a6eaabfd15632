import type { PersonId, PupilId } from '#domain/id.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Case, CaseEntry, CaseVerdict, FollowUp, FollowUpOutcome } from './case.ts';
import type { CaseHistory } from './case-history.ts';
import type { Consent, StepRecord } from './step-record.ts';

/** One thing that happened in a case, by any protocol. */
export type StoryEvent = {
	readonly id: string;
	readonly at: Instant;
	readonly by: PersonId;
	/** The child it was with. */
	readonly pupilId: PupilId | null;
} & (
	| { readonly kind: 'opened'; readonly document: Case }
	| { readonly kind: 'entry'; readonly document: CaseEntry }
	| { readonly kind: 'record'; readonly document: StepRecord }
	| { readonly kind: 'consent'; readonly document: Consent }
	| { readonly kind: 'followUp'; readonly document: FollowUp }
	| { readonly kind: 'outcome'; readonly document: FollowUpOutcome }
	| { readonly kind: 'verdict'; readonly document: CaseVerdict }
);

/** Everything that was appended to a case, oldest first and how it began before all: it reads as a story. The order of the facts does not matter. */
export function caseStory(subject: Case, history: CaseHistory): StoryEvent[] {
	const { openedAt, openedBy, id } = subject;
	const withChild = new Map(history.followUps.map((each) => [each.id, each.about.pupilId]));
	const events: StoryEvent[] = [{ kind: 'opened', id, at: openedAt, by: openedBy, pupilId: null, document: subject }];
	for (const { document } of history.taken) {
		const { id } = document;
		switch (document.type) {
			case 'caseEntry':
				events.push({
					...{ kind: 'entry', id, at: document.writtenAt, by: document.writtenBy },
					...{ pupilId: null, document },
				});
				break;
			case 'stepRecord':
				events.push({
					...{ kind: 'record', id, at: document.recordedAt, by: document.recordedBy },
					...{ pupilId: document.pupilId ?? null, document },
				});
				break;
			case 'caseVerdict':
				events.push({
					...{ kind: 'verdict', id, at: document.judgedAt, by: document.judgedBy },
					...{ pupilId: null, document },
				});
				break;
			case 'followUpOutcome':
				break;
		}
	}
	for (const document of history.consents)
		events.push({
			...{ kind: 'consent', id: document.id, at: document.recordedAt, by: document.recordedBy },
			...{ pupilId: document.pupilId ?? null, document },
		});
	for (const document of history.followUps)
		events.push({
			...{ kind: 'followUp', id: document.id, at: document.setAt, by: document.setBy },
			...{ pupilId: document.about.pupilId, document },
		});
	for (const document of history.outcomes)
		events.push({
			...{ kind: 'outcome', id: document.id, at: document.recordedAt, by: document.recordedBy },
			...{ pupilId: withChild.get(document.followUpId) ?? null, document },
		});
	const first = ({ kind }: StoryEvent) => Number(kind !== 'opened');
	return events.sort((a, b) => first(a) - first(b) || Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
}
