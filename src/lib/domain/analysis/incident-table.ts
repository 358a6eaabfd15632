import { INSTIGATOR } from './account-rows.ts';
import { OUTCOME, type GatheredAccounts } from './accounts.ts';
import { joinExtras } from './extras.ts';
import { at, increment, ListsBuilder, type Lists } from './lists.ts';
import { room } from './room.ts';
import { isGreen, joinTraits, NO_INSTIGATOR } from './traits.ts';
import { compareUlids } from './ulid-table.ts';

const MINUTES_PER_DAY = 1440;
export const HOURS_PER_DAY = 24;
const FIRST_LENGTH = 1 << 11;
const EXPECTED_A_ROW = 1.25;

/** Incidents as columns, sorted by day: a period is a run of rows, and a count is one walk over flat memory. */
export interface IncidentTable {
	readonly rows: number;
	/** Day number of the first row; 0 without rows. */
	readonly firstDay: number;
	/** First row of each day from `firstDay` on, and one past the last. */
	readonly dayStart: Uint32Array;
	/** Number of the incident's id. */
	readonly id: Uint32Array;
	/** Minutes of the wall clock since 1970-01-01T00:00. */
	readonly minute: Int32Array;
	/** Place code × 24 + hour. */
	readonly placeHour: Uint32Array;
	readonly traits: Uint16Array;
	readonly extras: Uint16Array;
	/** Code of the group it was aimed at as a whole; 0 is none. */
	readonly victimGroup: Uint32Array;
	/** Observations before each row, and those of them that wait to be processed. */
	readonly observationsBefore: Uint32Array;
	readonly unprocessedBefore: Uint32Array;
	/** Pupil codes, each once a row. */
	readonly instigators: Lists;
	readonly victims: Lists;
	/** Pupils who told an adult. */
	readonly tellers: Lists;
	/** Codes of the adults who reported. */
	readonly reporters: Lists;
	/** Groups an incident belongs to: of its instigators and victims, and the one it was aimed at; each once. */
	readonly groups: Lists;
	readonly behaviours: Lists<Uint8Array>;
}

/** Where the numbers of the accounts, from 1, went when their ids were sorted: codes; and the group of each pupil in the new codes. */
export interface Recoding {
	readonly pupils: Uint32Array;
	readonly groups: Uint32Array;
	readonly places: Uint32Array;
	readonly persons: Uint32Array;
	readonly groupOfPupil: Uint32Array;
}

/** Joins accounts into incidents, as `foldIncidents` does in objects; a property test holds the two together. */
export function incidentTables(accounts: GatheredAccounts, recoding: Recoding): IncidentTables {
	return joinedTables(accounts, recoding, membersByIncident(accounts));
}

/** One incident, told by these observations (numbers of their ids): a row in one of the tables. */
export function incidentTable(
	accounts: GatheredAccounts,
	recoding: Recoding,
	incident: number,
	observations: readonly number[],
): IncidentTables {
	return joinedTables(accounts, recoding, {
		id: Uint32Array.of(incident),
		start: Uint32Array.of(0, observations.length),
		values: Uint32Array.from(observations),
	});
}

/** The incident an observation counts in, as a number of its id; -1 when it was set aside, taken back, or never told. */
export function countingIncident(accounts: GatheredAccounts, observation: number): number {
	const counts =
		at(accounts.told, observation) !== 0 &&
		at(accounts.withdrawn, observation) === 0 &&
		at(accounts.outcome, observation) !== OUTCOME.setAside;
	return counts ? (at(accounts.incident, observation) || observation + 1) - 1 : -1;
}

export interface IncidentTables {
	readonly trouble: IncidentTable;
	readonly green: IncidentTable;
}

function joinedTables(accounts: GatheredAccounts, recoding: Recoding, members: Members): IncidentTables {
	const count = members.id.length;
	const minute = room(Int32Array, count);
	const traits = room(Uint16Array, count);
	for (let i = 0; i < count; i++) {
		let earliest = 0x7fffffff;
		let joined = 0;
		for (let m = at(members.start, i); m < at(members.start, i + 1); m++) {
			const observation = at(members.values, m);
			earliest = Math.min(earliest, at(accounts.minute, observation));
			const said = at(accounts.traits, countingRow(accounts, observation));
			joined = joinTraits(joined, said | at(accounts.marks, observation));
		}
		minute[i] = earliest;
		traits[i] = joined;
	}
	const green = room(Uint8Array, count);
	for (let i = 0; i < count; i++) green[i] = isGreen(at(traits, i)) ? 1 : 0;
	const incidents = { accounts, recoding, members, minute, traits };
	return {
		trouble: tableOf(incidents, sortedByDay(minute, green, 0)),
		green: tableOf(incidents, sortedByDay(minute, green, 1)),
	};
}

/** Observations that count, as lists per incident; those set aside or taken back are left out. */
interface Members extends Lists {
	/** Number of each incident's id. */
	readonly id: Uint32Array;
}

interface Incidents {
	readonly accounts: GatheredAccounts;
	readonly recoding: Recoding;
	readonly members: Members;
	readonly minute: Int32Array;
	readonly traits: Uint16Array;
}

function membersByIncident(accounts: GatheredAccounts): Members {
	const ids = accounts.ids.size;
	const size = room(Uint32Array, ids);
	let observations = 0;
	for (let observation = 0; observation < ids; observation++) {
		const incident = countingIncident(accounts, observation);
		if (incident < 0) continue;
		observations++;
		increment(size, incident);
	}
	let incidents = 0;
	for (let id = 0; id < ids; id++) if (at(size, id) > 0) incidents++;

	const start = room(Uint32Array, incidents + 1);
	const id = room(Uint32Array, incidents);
	// From here on: where the next observation of the incident goes.
	const next = size;
	for (let incident = 0, place = 0, number = 0; number < ids; number++) {
		const length = at(size, number);
		if (length === 0) continue;
		id[incident] = number;
		start[incident] = next[number] = place;
		place += length;
		start[++incident] = place;
	}
	const values = room(Uint32Array, observations);
	for (let observation = 0; observation < ids; observation++) {
		const incident = countingIncident(accounts, observation);
		if (incident >= 0) values[increment(next, incident)] = observation;
	}
	return { id, start, values };
}

/** Indexes of the incidents of one kind, earliest day first. */
function sortedByDay(minute: Int32Array, kinds: Uint8Array, kind: number): DaySorted {
	let firstDay = Infinity;
	let lastDay = -Infinity;
	let rows = 0;
	for (let i = 0; i < minute.length; i++) {
		if (kinds[i] !== kind) continue;
		const day = dayOfMinute(at(minute, i));
		if (day < firstDay) firstDay = day;
		if (day > lastDay) lastDay = day;
		rows++;
	}
	if (rows === 0) return { order: new Uint32Array(), firstDay: 0, dayStart: new Uint32Array(1) };
	const dayStart = new Uint32Array(lastDay - firstDay + 2);
	for (let i = 0; i < minute.length; i++) {
		if (kinds[i] === kind) increment(dayStart, dayOfMinute(at(minute, i)) - firstDay + 1);
	}
	for (let day = 1; day < dayStart.length; day++) dayStart[day] = at(dayStart, day) + at(dayStart, day - 1);
	const next = dayStart.slice();
	const order = room(Uint32Array, rows);
	for (let i = 0; i < minute.length; i++) {
		if (kinds[i] === kind) order[increment(next, dayOfMinute(at(minute, i)) - firstDay)] = i;
	}
	return { order, firstDay, dayStart };
}

interface DaySorted {
	readonly order: Uint32Array;
	readonly firstDay: number;
	readonly dayStart: Uint32Array;
}

function tableOf(
	{ accounts, recoding, members, ...all }: Incidents,
	{ order, firstDay, dayStart }: DaySorted,
): IncidentTable {
	const rows = order.length;
	const id = room(Uint32Array, rows);
	const minute = room(Int32Array, rows);
	const placeHour = room(Uint32Array, rows);
	const traits = room(Uint16Array, rows);
	const extras = room(Uint16Array, rows);
	const victimGroups = room(Uint32Array, rows);
	const observationsBefore = room(Uint32Array, rows + 1);
	const unprocessedBefore = room(Uint32Array, rows + 1);
	// About one of each an incident: room for that from the start saves copying.
	const expected = Math.max(FIRST_LENGTH, Math.round(rows * EXPECTED_A_ROW));
	const instigators = new ListsBuilder(rows, room(Uint32Array, expected));
	const victims = new ListsBuilder(rows, room(Uint32Array, expected));
	const tellers = new ListsBuilder(rows, new Uint32Array(FIRST_LENGTH));
	const reporters = new ListsBuilder(rows, room(Uint32Array, expected));
	const groups = new ListsBuilder(rows, room(Uint32Array, expected));
	const behaviours = new ListsBuilder(rows, room(Uint8Array, expected));

	for (let row = 0; row < rows; row++) {
		const incident = at(order, row);
		const from = at(members.start, incident);
		const until = at(members.start, incident + 1);
		if (until - from > 1) members.values.subarray(from, until).sort((a, b) => whoSpeaksFirst(accounts, a, b));
		let place = 0;
		let victimGroup = 0;
		let more = 0;
		let unprocessed = 0;
		for (let m = from; m < until; m++) {
			const observation = at(members.values, m);
			const account = countingRow(accounts, observation);
			if (at(accounts.outcome, observation) !== OUTCOME.confirmed) unprocessed++;
			place ||= at(accounts.place, account);
			victimGroup ||= at(accounts.victimGroup, account);
			more = joinExtras(more, at(accounts.extras, account) | at(accounts.handling, observation));

			const { participants, participantStart, behaviourStart } = accounts;
			for (let p = at(participantStart, account); p < at(participantStart, account + 1); p++) {
				const participant = at(participants, p);
				const pupil = at(recoding.pupils, (participant >>> 1) + 1);
				(participant % 2 === INSTIGATOR ? instigators : victims).addOnce(pupil);
				const group = at(recoding.groupOfPupil, pupil);
				if (group !== 0) groups.addOnce(group);
			}
			for (let b = at(behaviourStart, account); b < at(behaviourStart, account + 1); b++) {
				behaviours.addOnce(at(accounts.behaviours, b));
			}
			const teller = at(accounts.toldBy, observation);
			if (teller !== 0) tellers.addOnce(at(recoding.pupils, teller));
			const reporter = at(accounts.reporter, observation);
			if (reporter !== 0) reporters.addOnce(at(recoding.persons, reporter));
		}
		victimGroups[row] = at(recoding.groups, victimGroup);
		if (victimGroup !== 0) groups.addOnce(at(victimGroups, row));
		extras[row] = more;
		id[row] = at(members.id, incident);
		minute[row] = at(all.minute, incident);
		placeHour[row] = at(recoding.places, place) * HOURS_PER_DAY + hourOfMinute(at(all.minute, incident));
		traits[row] = at(all.traits, incident) | (instigators.isRowEmpty ? NO_INSTIGATOR : 0);
		observationsBefore[row + 1] = at(observationsBefore, row) + until - from;
		unprocessedBefore[row + 1] = at(unprocessedBefore, row) + unprocessed;
		instigators.endRow();
		victims.endRow();
		tellers.endRow();
		reporters.endRow();
		groups.endRow();
		behaviours.endRow();
	}
	return {
		...{ rows, firstDay, dayStart, id, minute, placeHour, traits, extras, observationsBefore, unprocessedBefore },
		...{ victimGroup: victimGroups, reporters: reporters.lists() },
		...{ instigators: instigators.lists(), victims: victims.lists(), tellers: tellers.lists() },
		...{ groups: groups.lists(), behaviours: behaviours.lists() },
	};
}

/** What the coordinator checked speaks first, then who saw it first: as in `foldIncidents`. */
function whoSpeaksFirst(accounts: GatheredAccounts, a: number, b: number): number {
	const confirmed = (observation: number) => Number(at(accounts.outcome, observation) === OUTCOME.confirmed);
	const minute = (observation: number) => at(accounts.minute, observation);
	return confirmed(b) - confirmed(a) || minute(a) - minute(b) || compareUlids(accounts.ids, a, b);
}

/** The coordinator's account once confirmed, the reporter's until then. */
function countingRow(accounts: GatheredAccounts, observation: number): number {
	const confirmed = at(accounts.outcome, observation) === OUTCOME.confirmed;
	return at(confirmed ? accounts.processed : accounts.told, observation) - 1;
}

export function dayOfMinute(minute: number): number {
	return Math.floor(minute / MINUTES_PER_DAY);
}

function hourOfMinute(minute: number): number {
	return Math.floor((minute - dayOfMinute(minute) * MINUTES_PER_DAY) / 60);
}
