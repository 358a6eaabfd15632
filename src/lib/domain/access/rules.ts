import type { Case } from '#domain/cases/case.ts';
import { isRestricted } from '#domain/cases/restricted.ts';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import type { CaseId, GroupId, ObservationId, PersonId, PupilId, SchoolId } from '#domain/id.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation, Participant } from '#domain/observation/observation.ts';
import type { Role } from '#domain/school/roster.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';

/** Who asks. Comes from the server's own data, never from a field a client can write (D7); a `Session` is one. */
export interface Actor {
	readonly personId: PersonId;
	readonly schoolId: SchoolId;
	readonly roles: readonly Role[];
	readonly groupIds: readonly GroupId[];
}

/** What the rules look up beside the document itself. */
export interface AccessFacts {
	groupOf(pupilId: PupilId): GroupId | undefined;
	observation(id: ObservationId): Observation | undefined;
	processingOf(id: ObservationId): Processing | undefined;
	case(id: CaseId): Case | undefined;
	/** Milliseconds since the server received this document. */
	ageOf(id: string): number;
}

interface Rule<D> {
	read(actor: Actor, doc: D, facts: AccessFacts): boolean;
	create(actor: Actor, doc: D, facts: AccessFacts): boolean;
	revise(actor: Actor, current: D, next: D, facts: AccessFacts): boolean;
	/** The same object when nothing has to be left out. */
	mask(actor: Actor, doc: D): D;
}

/** A playground phone keeps its own observations this long after receipt and nothing else of the kind (D7). */
export const SUPERVISOR_KEEPS_MS = MS_PER_DAY;

const everybody = () => true;
const nobody = () => false;
const whole = <D>(_actor: Actor, doc: D) => doc;

const isCoordinator = (actor: Actor) => actor.roles.includes('coordinator');
const isTeacher = (actor: Actor) => actor.roles.includes('teacher');
const isStaff = (actor: Actor) => isTeacher(actor) || isCoordinator(actor);

/** Names and places that everybody who signs in at the school needs; they come from the school, not from a device. */
const roster = { read: everybody, create: nobody, revise: nobody, mask: whole };

/** Facts appended to a case: by its people, under their own name, never changed afterwards. */
function partOfCase<D extends { readonly caseId: CaseId }>(authorOf: (doc: D) => PersonId): Rule<D> {
	return {
		read: (actor, doc, facts) => worksOn(actor, facts.case(doc.caseId)),
		create(actor, doc, facts) {
			const parent = facts.case(doc.caseId);
			// Nothing needs a parent to arrive first (D4): who may open cases may send a part ahead of its case.
			return authorOf(doc) === actor.personId && (parent ? worksOn(actor, parent) : isStaff(actor));
		},
		revise: nobody,
		mask: whole,
	};
}

/** The one access table (D7), complete by type. What no rule grants is denied. */
export const RULES: { readonly [T in DocumentType]: Rule<DocumentOf<T>> } = {
	school: roster,
	site: roster,
	group: roster,
	place: roster,
	calendar: roster,
	pupil: { ...roster, mask: (actor, doc) => (isCoordinator(actor) ? doc : without(doc, 'sex')) },
	person: { ...roster, read: (actor, doc) => isStaff(actor) || doc.id === actor.personId },
	observation: {
		read: (actor, doc, facts) =>
			isCoordinator(actor) || keepsOwn(actor, doc, facts) || isAboutOwnGroupOfOther(actor, doc, facts),
		create: (actor, doc) => doc.reporterId === actor.personId,
		revise: (actor, current, next) => current.reporterId === actor.personId && next.reporterId === actor.personId,
		mask: (actor, doc) => (mayKnowReporter(actor, doc.reporterId) ? doc : without(doc, 'reporterId', 'toldBy')),
	},
	withdrawal: {
		read(actor, doc, facts) {
			const observation = facts.observation(doc.observationId);
			return (
				observation !== undefined &&
				observation.reporterId === doc.withdrawnBy &&
				RULES.observation.read(actor, observation, facts)
			);
		},
		create(actor, doc, facts) {
			const observation = facts.observation(doc.observationId);
			return (
				doc.withdrawnBy === actor.personId && (observation === undefined || observation.reporterId === actor.personId)
			);
		},
		revise: nobody,
		mask: (actor, doc) => (mayKnowReporter(actor, doc.withdrawnBy) ? doc : without(doc, 'withdrawnBy')),
	},
	processing: {
		read(actor, doc, facts) {
			if (isCoordinator(actor)) return true;
			const observation = facts.observation(doc.observationId);
			return concernsOwnGroup(actor, doc, facts) || (!!observation && concernsOwnGroup(actor, observation, facts));
		},
		create: (actor, doc) => isCoordinator(actor) && doc.processedBy === actor.personId,
		revise: (actor, _current, next) => isCoordinator(actor) && next.processedBy === actor.personId,
		mask: (actor, doc) => (isCoordinator(actor) ? doc : without(doc, 'processedBy', 'note')),
	},
	case: {
		read: worksOn,
		create: (actor, doc, facts) =>
			doc.openedBy === actor.personId &&
			doc.memberIds.includes(actor.personId) &&
			(isCoordinator(actor) ||
				(isTeacher(actor) && doc.pupils.some(({ pupilId }) => isOwnPupil(actor, pupilId, facts)))),
		revise: (actor, current, next) =>
			((isCoordinator(actor) && worksOn(actor, current)) || current.openedBy === actor.personId) &&
			next.openedBy === current.openedBy &&
			next.protocol === current.protocol &&
			next.openedAt === current.openedAt &&
			next.memberIds.includes(current.openedBy),
		mask: whole,
	},
	caseEntry: partOfCase((doc) => doc.writtenBy),
	followUp: partOfCase((doc) => doc.setBy),
	followUpOutcome: partOfCase((doc) => doc.recordedBy),
	caseVerdict: partOfCase((doc) => doc.judgedBy),
	stepRecord: partOfCase((doc) => doc.recordedBy),
	consent: partOfCase((doc) => doc.recordedBy),
	protocol: {
		read: isStaff,
		create: (actor, doc) => isCoordinator(actor) && doc.madeBy === actor.personId,
		revise: nobody,
		mask: whole,
	},
	absence: {
		read: (actor, doc) => isStaff(actor) || doc.personId === actor.personId,
		create: (actor, doc) =>
			doc.recordedBy === actor.personId && (isCoordinator(actor) || doc.personId === actor.personId),
		revise: nobody,
		mask: whole,
	},
	reminder: {
		// Who stands in for its owner works on the case as well, and has to find it there.
		read: (actor, doc, facts) => doc.ownerId === actor.personId || worksOn(actor, facts.case(doc.caseId)),
		create: nobody,
		revise: nobody,
		mask: whole,
	},
	analysis: { read: isCoordinator, create: nobody, revise: nobody, mask: whole },
	quarantineEntry: {
		read: (actor, doc) => isCoordinator(actor) || doc.authorId === actor.personId,
		create: nobody,
		revise: nobody,
		mask: whole,
	},
	quarantineDecision: {
		read: (actor, doc) => isCoordinator(actor) || doc.authorId === actor.personId,
		create: (actor, doc) => isCoordinator(actor) && doc.decidedBy === actor.personId,
		// What was accepted is a document now; an answer may be thought over.
		revise: (actor, current, next) =>
			isCoordinator(actor) && next.decidedBy === actor.personId && current.decision.kind === 'answered',
		mask: whole,
	},
};

export function schoolOf(doc: DomainDocument): SchoolId {
	return doc.type === 'school' ? doc.id : doc.schoolId;
}

function keepsOwn(actor: Actor, doc: Observation, facts: AccessFacts): boolean {
	return doc.reporterId === actor.personId && (isStaff(actor) || facts.ageOf(doc.id) < SUPERVISOR_KEEPS_MS);
}

/** Persons as told by the reporter or as the coordinator put them right (M5-07): a teacher counts both. */
function isAboutOwnGroupOfOther(actor: Actor, doc: Observation, facts: AccessFacts): boolean {
	if (!isTeacher(actor)) return false;
	const processing = facts.processingOf(doc.id);
	return concernsOwnGroup(actor, doc, facts) || (!!processing && concernsOwnGroup(actor, processing, facts));
}

function concernsOwnGroup(
	actor: Actor,
	doc: { readonly participants: readonly Participant[]; readonly victimGroupId: GroupId | null },
	facts: AccessFacts,
): boolean {
	if (!isTeacher(actor)) return false;
	if (doc.victimGroupId !== null && actor.groupIds.includes(doc.victimGroupId)) return true;
	return doc.participants.some((one) => 'pupilId' in one && isOwnPupil(actor, one.pupilId, facts));
}

function isOwnPupil(actor: Actor, pupilId: PupilId, facts: AccessFacts): boolean {
	const group = facts.groupOf(pupilId);
	return group !== undefined && actor.groupIds.includes(group);
}

/** Its members and every coordinator; of a restricted protocol its members only (DUK-07). */
function worksOn(actor: Actor, subject: Case | undefined): boolean {
	if (subject === undefined) return false;
	return (isCoordinator(actor) && !isRestricted(subject)) || subject.memberIds.includes(actor.personId);
}

/** Who reported reaches the coordinator only (M5-06), and of course the reporter. */
function mayKnowReporter(actor: Actor, reporterId: PersonId | undefined): boolean {
	return isCoordinator(actor) || reporterId === actor.personId;
}

function without<D extends object>(doc: D, ...fields: (keyof D)[]): D {
	if (!fields.some((field) => field in doc)) return doc;
	const rest = { ...doc };
	for (const field of fields) delete rest[field];
	return rest;
}
