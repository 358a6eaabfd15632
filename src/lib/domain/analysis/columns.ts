import type { DomainDocument } from '#domain/document.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation, Withdrawal } from '#domain/observation/observation.ts';
import { isPlayground, type Group, type Place, type PlaceKind, type Pupil } from '#domain/school/roster.ts';
import { dayNumber } from '#domain/time/local-time.ts';
import { Accounts } from './accounts.ts';
import { at } from './lists.ts';
import type { ShortList } from './short-list.ts';
import { incidentTables, type IncidentTable } from './incident-table.ts';

/** The documents an analysis reads; every other kind it can do without. */
export interface AnalysisFacts {
	readonly groups: Iterable<Group>;
	readonly pupils: Iterable<Pupil>;
	readonly places: Iterable<Place>;
	readonly observations: Iterable<Observation>;
	readonly withdrawals: Iterable<Withdrawal>;
	readonly processings: Iterable<Processing>;
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
	readonly pupilIds: readonly string[];
	readonly groupIds: readonly string[];
	readonly placeIds: readonly string[];
	/** Per pupil code: the group's code; 0 when the roster does not know the pupil. */
	readonly groupOfPupil: Uint32Array;
	/** Per pupil code: the day the pupil left, a day number; `STILL_HERE`, or `NOT_IN_ROSTER`. */
	readonly pupilUntil: Int32Array;
	/** Per place code. */
	readonly placeKinds: readonly (PlaceKind | null)[];
	readonly isPlayground: Uint8Array;
	ulidOf(number: number): string;
}

const STILL_HERE = 0x7fffffff;
export const NOT_IN_ROSTER = -0x80000000;

/** From all documents at once, in any order. */
export function buildColumns(facts: AnalysisFacts): Columns {
	const observations = countOf(facts.observations);
	const accounts = new Accounts(observations, Math.max(observations, countOf(facts.processings)));
	for (const group of facts.groups) accounts.addGroup(group);
	for (const place of facts.places) accounts.addPlace(place);
	for (const pupil of facts.pupils) accounts.addPupil(pupil);
	for (const processing of facts.processings) accounts.addProcessing(processing);
	for (const observation of facts.observations) accounts.addObservation(observation, true);
	for (const withdrawal of facts.withdrawals) accounts.addWithdrawal(withdrawal);
	return columnsOf(accounts);
}

/** How many there are, where that is known beforehand. */
function countOf(documents: Iterable<unknown>): number {
	return Array.isArray(documents) ? documents.length : 0;
}

/** From documents one by one, such as the lines of a file: only numbers are kept of each. */
export function collectColumns(): { add(doc: DomainDocument): void; columns(): Columns } {
	const accounts = new Accounts();
	return { add: (doc) => accounts.add(doc), columns: () => columnsOf(accounts) };
}

function columnsOf(accounts: Accounts): Columns {
	const pupils = inOrder(accounts.pupils);
	const groups = inOrder(accounts.groups);
	const places = inOrder(accounts.places);

	const groupOfPupil = new Uint32Array(pupils.ids.length + 1);
	const pupilUntil = new Int32Array(pupils.ids.length + 1).fill(NOT_IN_ROSTER);
	for (const [number, pupil] of accounts.roster.pupils) {
		const code = at(pupils.codes, number + 1);
		groupOfPupil[code] = at(groups.codes, accounts.groups.numberOf(pupil.groupId) + 1);
		pupilUntil[code] = pupil.leftOn === undefined ? STILL_HERE : dayNumber(pupil.leftOn);
	}
	const placeKinds = new Array<PlaceKind | null>(places.ids.length + 1).fill(null);
	const playground = new Uint8Array(places.ids.length + 1);
	for (const [number, place] of accounts.roster.places) {
		const code = at(places.codes, number + 1);
		placeKinds[code] = place.kind;
		playground[code] = isPlayground(place) ? 1 : 0;
	}
	const { ids } = accounts;
	const recoding = { pupils: pupils.codes, groups: groups.codes, places: places.codes, groupOfPupil };
	return {
		...incidentTables(accounts, recoding),
		...{ pupilIds: pupils.ids, groupIds: groups.ids, placeIds: places.ids },
		...{ groupOfPupil, pupilUntil, placeKinds, isPlayground: playground },
		ulidOf: (number) => ids.ulidOf(number),
	};
}

/** Ids in their own order, and where each number (from 1) went: equal figures are told apart by id, not by arrival. */
function inOrder(list: ShortList): { readonly ids: readonly string[]; readonly codes: Uint32Array } {
	const order = list.table.sorted();
	const codes = new Uint32Array(order.length + 1);
	order.forEach((number, rank) => (codes[number + 1] = rank + 1));
	return { ids: Array.from(order, (number) => list.texts[number] ?? ''), codes };
}
