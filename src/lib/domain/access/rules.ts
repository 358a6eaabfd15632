import type { Case } from '#domain/cases/case.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { GroupId, ObservationId, PersonId, PlaceId, PupilId, SchoolId, SiteId } from '#domain/id.ts';
import type { CaseId } from '#domain/id.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Role } from '#domain/school/roster.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';

/** Who asks in no person's name: the report form on the school's website, and a shared device nobody unlocked. */
export type ActorRole = Role | 'publicReporter' | 'device';

/** Who asks. Comes from the server's own data, never from a field a client can write (D7); a `Session` is one. */
export interface Actor {
	readonly personId: PersonId | null;
	readonly schoolId: SchoolId;
	readonly roles: readonly ActorRole[];
	readonly groupIds: readonly GroupId[];
	/** The sites this person works at (MEL-01); left out: all of them. */
	readonly siteIds?: readonly SiteId[] | undefined;
}

/** Somebody who is signed in. */
export interface PersonActor extends Actor {
	readonly personId: PersonId;
}

/** What the rules look up beside the document itself. */
export interface AccessFacts {
	groupOf(pupilId: PupilId): GroupId | undefined;
	siteOfGroup(groupId: GroupId): SiteId | undefined;
	siteOfPlace(placeId: PlaceId): SiteId | undefined;
	observation(id: ObservationId): Observation | undefined;
	processingOf(id: ObservationId): Processing | undefined;
	case(id: CaseId): Case | undefined;
	/** The pupils of the cases this person works on. */
	pupilsAssignedTo(personId: PersonId): ReadonlySet<PupilId>;
	/** Whether this person was asked to do this step of this case (D7). */
	isInvited(personId: PersonId, caseId: CaseId, step: string): boolean;
	/** How many signals about this pupil there are that others than this person noted (DUK-06). */
	signalsAbout(pupilId: PupilId, exceptBy: PersonId | null): number;
	/** Where a person works; `undefined`: at every site. */
	sitesOf(personId: PersonId): readonly SiteId[] | undefined;
	/** Milliseconds since the server received this document. */
	ageOf(id: string): number;
}

/** A playground phone keeps its own observations this long after receipt and nothing else of the kind (D7). */
export const SUPERVISOR_KEEPS_MS = MS_PER_DAY;

export function schoolOf(doc: DomainDocument): SchoolId {
	return doc.type === 'school' ? doc.id : doc.schoolId;
}
