import type { AbsenceId, PersonId } from '#domain/id.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { isCoordinator } from '#domain/school/roles.ts';
import type { Session } from '#domain/session.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { Absence } from './absence.ts';

export type AbsenceRefusal =
	| { readonly kind: 'backwards' }
	/** It is over already: nothing that is due goes to anybody else for it. */
	| { readonly kind: 'over' }
	| { readonly kind: 'standsInForSelf' }
	/** A coordinator notes it for others; everybody else for themselves. */
	| { readonly kind: 'notYours' };

export interface AbsencePlan {
	readonly id: AbsenceId;
	readonly personId: PersonId;
	readonly from: LocalDate;
	readonly until: LocalDate;
	readonly standInId: PersonId | null;
	readonly at: Instant;
	readonly today: LocalDate;
}

/** Somebody is away: what comes due meanwhile goes to who stands in, or else to the coordinator. */
export function noteAbsence(plan: AbsencePlan, session: Session): Result<Absence, AbsenceRefusal> {
	const { id, personId, from, until, standInId, at, today } = plan;
	if (personId !== session.personId && !isCoordinator(session)) return refuse({ kind: 'notYours' });
	if (until < from) return refuse({ kind: 'backwards' });
	if (until < today) return refuse({ kind: 'over' });
	if (standInId === personId) return refuse({ kind: 'standsInForSelf' });
	return ok({
		...{ type: 'absence', v: 1, id, schoolId: session.schoolId, personId, from, until },
		...(standInId !== null && { standInId }),
		...{ recordedBy: session.personId, recordedAt: at },
	});
}

/** Of now and later, the first to begin first; whose, if not of everybody. */
export function absencesAhead(absences: Iterable<Absence>, today: LocalDate, of: PersonId | null): Absence[] {
	return [...absences]
		.filter(({ personId, until }) => until >= today && (of === null || personId === of))
		.sort((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1));
}
