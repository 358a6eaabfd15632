import { isCoordinator } from '#domain/school/roles.ts';
import type { CaseId, IncidentId, PersonId, ProtocolId, PupilId } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import type { ProtocolName } from '#domain/protocols/protocol.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { Session } from '#domain/session.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Case, CasePupil } from './case.ts';

export type OpenCaseRefusal =
	| { readonly kind: 'nobody' }
	/** A teacher opens a case that has at least one pupil of an own group in it. */
	| { readonly kind: 'noneOfYours' };

export interface CasePlan {
	readonly id: CaseId;
	readonly pupils: readonly CasePupil[];
	readonly incidentIds: readonly IncidentId[];
	/** Who else works on it. */
	readonly memberIds: readonly PersonId[];
	readonly at: Instant;
	/** The five B's when left out. */
	readonly protocol?: ProtocolName;
	/** The school's own version of it, which the case keeps. */
	readonly protocolId?: ProtocolId | undefined;
}

/** A new case; who opens it works on it. A pupil named in both roles is in it as the victim, and once. */
export function openCase(
	plan: CasePlan,
	session: Session,
	isOwnPupil: (pupilId: PupilId) => boolean,
): Result<Case, OpenCaseRefusal> {
	const pupils = distinctPupils(plan.pupils);
	if (pupils.length === 0) return refuse({ kind: 'nobody' });
	const mayOpen = isCoordinator(session) || pupils.some(({ pupilId }) => isOwnPupil(pupilId));
	if (!mayOpen) return refuse({ kind: 'noneOfYours' });
	return ok({
		type: 'case',
		v: 1,
		id: plan.id,
		schoolId: session.schoolId,
		protocol: plan.protocol ?? 'fiveB',
		...(plan.protocolId && { protocolId: plan.protocolId }),
		pupils,
		incidentIds: [...new Set(plan.incidentIds)],
		openedBy: session.personId,
		openedAt: plan.at,
		memberIds: [...new Set([session.personId, ...plan.memberIds])],
	});
}

/** Who was in an incident and in which role, for a case that starts from it. Children in words cannot be in a case. */
export function casePupilsOf(incident: Pick<Incident, 'participants'>): CasePupil[] {
	return distinctPupils(
		incident.participants.flatMap((each) =>
			'pupilId' in each && (each.role === 'victim' || each.role === 'instigator')
				? [{ pupilId: each.pupilId, role: each.role }]
				: [],
		),
	);
}

/** Victims first. */
function distinctPupils(pupils: readonly CasePupil[]): CasePupil[] {
	const victims = new Map(pupils.flatMap((each) => (each.role === 'victim' ? [[each.pupilId, each]] : [])));
	const instigators = new Map(
		pupils.flatMap((each) => (each.role === 'instigator' && !victims.has(each.pupilId) ? [[each.pupilId, each]] : [])),
	);
	return [...victims.values(), ...instigators.values()];
}
