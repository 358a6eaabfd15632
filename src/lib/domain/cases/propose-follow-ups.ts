import { schoolDayFrom, type SchoolDays } from '#domain/calendar/school-days.ts';
import type { PersonId } from '#domain/id.ts';
import { addDays, type LocalDate } from '#domain/time/local-time.ts';
import type { Case, CasePupil } from './case.ts';

/**
 * In days. Children often say it stopped two weeks after an intervention and are victims again later (5B-07): so one
 * look back after two weeks and one much later.
 */
const LOOK_BACK_AFTER_DAYS = { twoWeeks: 14, eightWeeks: 56 } as const;

export type ProposalReason = keyof typeof LOOK_BACK_AFTER_DAYS;

/** A follow-up as it could be; a person changes it and sets it. */
export interface ProposedFollowUp {
	readonly reason: ProposalReason;
	readonly about: CasePupil;
	/** A school day. */
	readonly plannedOn: LocalDate;
	readonly ownerId: PersonId;
}

/** Both with the child it was aimed at, when there is one: how it is for the victim decides whether it stopped. */
export function proposeFollowUps(
	subject: Pick<Case, 'pupils'>,
	{ today, days, ownerId }: { readonly today: LocalDate; readonly days: SchoolDays; readonly ownerId: PersonId },
): ProposedFollowUp[] {
	const about = subject.pupils.find(({ role }) => role === 'victim') ?? subject.pupils[0];
	if (!about) return [];
	return Object.entries(LOOK_BACK_AFTER_DAYS).map(([reason, after]) => ({
		reason: reason as ProposalReason,
		about,
		plannedOn: schoolDayFrom(days, addDays(today, after)),
		ownerId,
	}));
}
