import { can } from '#domain/access/access.ts';
import type { AccessFacts, PersonActor } from '#domain/access/rules.ts';
import type { Absence } from '#domain/calendar/absence.ts';
import type { Case } from '#domain/cases/case.ts';
import type { CaseId, PersonId, PupilId } from '#domain/id.ts';
import { isCoordinating } from '#domain/school/roles.ts';
import type { Group, Person, Pupil } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Reminder } from './reminder.ts';

/** Who there is and who is away. What is left out is not known: then a reminder stays with its owner. */
export interface Recipients {
	readonly people?: Iterable<Person>;
	readonly absences?: Iterable<Absence>;
	readonly cases?: Iterable<Case>;
	/** With the groups: at which site a pupil of a case is, for coordinators of some sites only. */
	readonly pupils?: Iterable<Pupil>;
	readonly groups?: Iterable<Group>;
}

export interface Recipient {
	/** The owner; away or gone from school: who stands in; else the coordinator; else the owner after all. */
	askedFor(reminder: Reminder): PersonId;
	/** A coordinator who works on the case, else the first one; null when there is none who may read it. */
	coordinatorOf(reminder: Reminder): PersonId | null;
}

/** Nobody is handed a task that the access table keeps from them: who stands in must find it on an own device. */
export function recipientOf({ people, absences, cases, pupils, groups }: Recipients, today: LocalDate): Recipient {
	const known = new Map<PersonId, PersonActor>();
	for (const each of people ?? []) known.set(each.id, actorOf(each));
	const caseOf = new Map<CaseId, Case>();
	for (const each of cases ?? []) caseOf.set(each.id, each);
	const away = absencesOn(absences ?? [], today);
	const facts = accessFactsOf(caseOf, pupils ?? [], groups ?? []);
	const isThere = (id: PersonId) => !away.has(id) && (known.size === 0 || known.has(id));
	// Nearest first: who coordinates a site, then the one over all (MEL-01).
	const coordinators = [...known.values()]
		.filter((person) => person.roles.some(isCoordinating) && isThere(person.personId))
		.sort((a, b) => rank(a) - rank(b) || (a.personId < b.personId ? -1 : 1));
	const mayRead = (id: PersonId, reminder: Reminder) => {
		const person = known.get(id);
		// Where no staff list is known, the case itself says who works on it.
		if (!person) return caseOf.get(reminder.caseId)?.memberIds.includes(id) ?? false;
		return can(person, 'read', { doc: reminder, facts });
	};
	/** A coordinator who works on the case, else the first who may read it. */
	const nearestTo = (reminder: Reminder) => {
		const members = caseOf.get(reminder.caseId)?.memberIds ?? [];
		let first: PersonId | null = null;
		for (const { personId: id } of coordinators) {
			const isMember = members.includes(id);
			if ((!isMember && first !== null) || !mayRead(id, reminder)) continue;
			if (isMember) return id;
			first = id;
		}
		return first;
	};
	/** The same for every task of a case, whosever it is; and the tasks of a case come together. */
	let latest: { readonly caseId: CaseId; readonly found: PersonId | null } | null = null;
	const coordinatorOf = (reminder: Reminder) => {
		const { caseId } = reminder;
		if (latest?.caseId !== caseId) latest = { caseId, found: nearestTo(reminder) };
		return latest.found;
	};
	return {
		coordinatorOf,
		askedFor(reminder) {
			const { ownerId } = reminder;
			if (isThere(ownerId)) return ownerId;
			const standIn = away.get(ownerId)?.standInId;
			if (standIn !== undefined && isThere(standIn) && mayRead(standIn, reminder)) return standIn;
			return coordinatorOf(reminder) ?? ownerId;
		},
	};
}

/** The absence that counts today; of two that overlap, the one that was noted later. */
function absencesOn(absences: Iterable<Absence>, today: LocalDate): Map<PersonId, Absence> {
	const away = new Map<PersonId, Absence>();
	for (const each of absences) {
		if (each.from > today || each.until < today) continue;
		const other = away.get(each.personId);
		if (!other || isLater(each, other)) away.set(each.personId, each);
	}
	return away;
}

function isLater(a: Absence, b: Absence): boolean {
	const difference = Date.parse(a.recordedAt) - Date.parse(b.recordedAt);
	return difference === 0 ? a.id > b.id : difference > 0;
}

function rank({ roles }: PersonActor): number {
	return roles.includes('coordinator') ? 0 : 1;
}

function actorOf({ id, schoolId, roles, groupIds, siteIds }: Person): PersonActor {
	return { personId: id, schoolId, roles, groupIds, siteIds };
}

/** What the right to a reminder hangs on: its case, and at which site the pupils of it are. */
function accessFactsOf(
	cases: ReadonlyMap<CaseId, Case>,
	pupils: Iterable<Pupil>,
	groups: Iterable<Group>,
): AccessFacts {
	const siteOf = new Map([...groups].map((each) => [each.id, each.siteId]));
	const groupOf = new Map([...pupils].map((each) => [each.id, each.groupId]));
	const nothing = () => undefined;
	return {
		case: (id) => cases.get(id),
		groupOf: (id) => groupOf.get(id),
		siteOfGroup: (id) => siteOf.get(id),
		...{ siteOfPlace: nothing, observation: nothing, processingOf: nothing, sitesOf: nothing },
		...{ pupilsAssignedTo: () => new Set<PupilId>(), ageOf: () => 0, signalsAbout: () => 0, isInvited: () => false },
	};
}
