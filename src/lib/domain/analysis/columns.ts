import type { Calendar } from '#domain/calendar/calendar.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { SiteId } from '#domain/id.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation, Withdrawal } from '#domain/observation/observation.ts';
import {
	isPlayground,
	type Group,
	type Person,
	type Place,
	type PlaceKind,
	type Pupil,
	type School,
	type Sex,
} from '#domain/school/roster.ts';
import { thresholdsNow, type Thresholds } from '#domain/status/school-thresholds.ts';
import { Accounts, type GatheredAccounts } from './accounts.ts';
import { incidentTables, type IncidentTable, type Recoding } from './incident-table.ts';
import { at, type Lists } from './lists.ts';
import { pupilDays, type PupilDays } from './pupil-days.ts';
import type { StructuralRule } from './result.ts';
import { room } from './room.ts';
import { NOT_IN_ROSTER, type GatheredIds } from './roster-numbers.ts';
import { sortedUlids, ulidOfNumber } from './ulid-table.ts';

/** The documents an analysis reads; every other kind it can do without. */
export interface AnalysisFacts {
	readonly groups: Iterable<Group>;
	readonly pupils: Iterable<Pupil>;
	readonly places: Iterable<Place>;
	readonly observations: Iterable<Observation>;
	readonly withdrawals: Iterable<Withdrawal>;
	readonly processings: Iterable<Processing>;
	/** Adults, to see who has not reported for long (M5-16). */
	readonly persons?: Iterable<Person>;
	/** School days and the parts of a day; without any, weekdays that are no national day off are school days. */
	readonly calendars?: Iterable<Calendar>;
	/** Whether the school keeps sex. */
	readonly schools?: Iterable<School>;
	/** From when a pattern is structural; without any the usual rule. */
	readonly thresholds?: Iterable<Thresholds>;
}

/**
 * A school's incidents as flat columns of numbers, to be folded again and again. A code is a place in the sorted
 * list of ids, counting from 1; 0 is "none".
 */
export interface Columns {
	/** Incidents of unwanted behaviour. */
	readonly trouble: IncidentTable;
	/** Incidents of wanted behaviour: never trouble. */
	readonly green: IncidentTable;
	/** The days of `trouble`, per pupil and role. */
	readonly daysOf: { readonly instigator: PupilDays; readonly victim: PupilDays; readonly reporter: PupilDays };
	readonly pupilIds: readonly string[];
	readonly groupIds: readonly string[];
	readonly placeIds: readonly string[];
	/** Per pupil code: the group's code; 0 when the roster does not know the pupil. */
	readonly groupOfPupil: Uint32Array;
	/** Per pupil code: the day the pupil left, a day number; the end of days while there, or `NOT_IN_ROSTER`. */
	readonly pupilUntil: Int32Array;
	/** Per pupil code; `null` when not kept. */
	readonly sexOfPupil: readonly (Sex | null)[];
	/** Per place code. */
	readonly placeKinds: readonly (PlaceKind | null)[];
	readonly isPlayground: Uint8Array;
	/** Minutes a school day in which somebody watches there; `null` where nobody said. */
	readonly supervisedMinutes: readonly (number | null)[];
	readonly personIds: readonly string[];
	/** Adults of the roster, in the order of their ids. */
	readonly persons: readonly Person[];
	readonly siteIds: readonly string[];
	/** Per group code and per place code: the code of the site; 0 when the roster does not know it. */
	readonly siteOfGroup: Uint32Array;
	readonly siteOfPlace: Uint32Array;
	/** Per group code, 1 when the roster has it. */
	readonly isRosterGroup: Uint8Array;
	readonly calendars: readonly Calendar[];
	/** Decisions and withdrawals whose observation is not there: perhaps erased, perhaps still to come. */
	readonly withoutObservation: number;
	/** Only when every school in the documents keeps the sex of pupils. */
	readonly keepsSex: boolean;
	/** The school's rule, or the usual one. */
	readonly structuralRule: StructuralRule;
	/** Where the numbers of the accounts went. */
	readonly recoding: Recoding;
	ulidOf(number: number): string;
}

/** From all documents at once, in any order. */
export function buildColumns(facts: AnalysisFacts): Columns {
	const observations = countOf(facts.observations);
	const accounts = new Accounts(observations, Math.max(observations, countOf(facts.processings)));
	const { groups, places, pupils, persons = [], calendars = [], schools = [], thresholds = [] } = facts;
	for (const roster of [groups, places, pupils, persons, calendars, schools, thresholds]) {
		for (const doc of roster) accounts.roster.add(doc);
	}
	for (const processing of facts.processings) accounts.addProcessing(processing);
	for (const observation of facts.observations) accounts.addObservation(observation, true);
	for (const withdrawal of facts.withdrawals) accounts.addWithdrawal(withdrawal);
	return columnsOf(accounts.gather());
}

/** How many there are, where that is known beforehand. */
function countOf(documents: Iterable<unknown>): number {
	return Array.isArray(documents) ? documents.length : 0;
}

/** From documents one by one, such as the lines of a file: only numbers are kept of each. */
export function collectColumns(): { add(doc: DomainDocument): void; columns(): Columns } {
	const accounts = new Accounts();
	return { add: (doc) => accounts.add(doc), columns: () => columnsOf(accounts.gather()) };
}

/** From what was gathered, here or in another thread. */
export function columnsOf(accounts: GatheredAccounts): Columns {
	const pupils = inOrder(accounts.pupils);
	const groups = inOrder(accounts.groups);
	const places = inOrder(accounts.places);

	const groupOfPupil = room(Uint32Array, pupils.ids.length + 1);
	const pupilUntil = room(Int32Array, pupils.ids.length + 1).fill(NOT_IN_ROSTER);
	for (let number = 0; number < pupils.ids.length; number++) {
		const code = at(pupils.codes, number + 1);
		groupOfPupil[code] = at(groups.codes, at(accounts.groupOfPupil, number));
		pupilUntil[code] = at(accounts.pupilUntil, number);
	}
	const persons = inOrder(accounts.persons);
	const byCode = <T>({ codes }: Ordered, roster: readonly (T | null)[]) => {
		const found = new Array<T | null>(codes.length).fill(null);
		roster.forEach((each, number) => (found[at(codes, number + 1)] = each));
		return found;
	};
	const placeRoster = byCode(places, accounts.placeRoster);
	const groupRoster = byCode(groups, accounts.groupRoster);
	const siteIds = [...new Set([...placeRoster, ...groupRoster].flatMap((each) => each?.siteId ?? []))].sort();
	const siteOf = (each: { readonly siteId: SiteId } | null) => (each ? siteIds.indexOf(each.siteId) + 1 : 0);
	const { ids } = accounts;
	const recoding = {
		pupils: pupils.codes,
		groups: groups.codes,
		places: places.codes,
		persons: persons.codes,
		groupOfPupil,
	};
	const tables = incidentTables(accounts, recoding);
	const { instigators, victims, tellers, dayStart } = tables.trouble;
	const daysOf = (lists: Lists) => pupilDays(lists, dayStart, pupils.ids.length + 1);
	return {
		...tables,
		daysOf: { instigator: daysOf(instigators), victim: daysOf(victims), reporter: daysOf(tellers) },
		...{ pupilIds: pupils.ids, groupIds: groups.ids, placeIds: places.ids },
		...{ groupOfPupil, pupilUntil, sexOfPupil: byCode(pupils, accounts.sexOfPupil) },
		placeKinds: placeRoster.map((place) => place?.kind ?? null),
		isPlayground: Uint8Array.from(placeRoster, (place) => (place && isPlayground(place) ? 1 : 0)),
		supervisedMinutes: placeRoster.map((place) => place?.supervisedMinutes ?? null),
		personIds: persons.ids,
		persons: byCode(persons, accounts.personRoster).filter((person) => person !== null),
		siteIds,
		siteOfGroup: Uint32Array.from(groupRoster, siteOf),
		siteOfPlace: Uint32Array.from(placeRoster, siteOf),
		isRosterGroup: Uint8Array.from(groupRoster, (group) => (group ? 1 : 0)),
		calendars: accounts.calendars,
		withoutObservation: accounts.withoutObservation,
		keepsSex: accounts.schools.length > 0 && accounts.schools.every(({ keepsSex }) => keepsSex),
		structuralRule: thresholdsNow(accounts.thresholds).structural,
		recoding,
		ulidOf: (number) => ulidOfNumber(ids, number),
	};
}

interface Ordered {
	readonly ids: readonly string[];
	readonly codes: Uint32Array;
}

/** Ids in their own order, and where each number (from 1) went: equal figures are told apart by id, not by arrival. */
function inOrder({ ulids, texts }: GatheredIds): Ordered {
	const order = sortedUlids(ulids);
	const codes = room(Uint32Array, order.length + 1);
	order.forEach((number, rank) => (codes[number + 1] = rank + 1));
	return { ids: Array.from(order, (number) => texts[number] ?? ''), codes };
}
