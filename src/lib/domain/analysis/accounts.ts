import type { Calendar } from '#domain/calendar/calendar.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Behaviour } from '#domain/observation/behaviour.ts';
import type { Observation, Participant, Withdrawal } from '#domain/observation/observation.ts';
import type { Group, Person, Place, Pupil, School, Sex } from '#domain/school/roster.ts';
import { dayNumber } from '#domain/time/local-time.ts';
import { functionToExtras, handlingToExtras, UNKNOWN_CHILD } from './extras.ts';
import { grown } from './grown.ts';
import { room } from './room.ts';
import { basketToTraits, behaviourCode, formOf, formsToTraits, marksToTraits, violenceOf } from './traits.ts';
import { ShortList } from './short-list.ts';
import { UlidTable, type Ulids } from './ulid-table.ts';

export const INSTIGATOR = 0;
const VICTIM = 1;

/** How the coordinator left an observation; 0 when no processing came. */
export const OUTCOME = { none: 0, confirmed: 1, setAside: 2, open: 3 } as const;

const MINUTES_PER_DAY = 1440;
const FIRST_CAPACITY = 1 << 11;

/** Told, but what it says is not needed. */
const NOT_READ = 0xffffffff;

/** The last day of a pupil who is still at school, and of one the roster does not know. */
const STILL_HERE = 0x7fffffff;
export const NOT_IN_ROSTER = -0x80000000;

/** Ids that come back often, by number from 0. */
export interface GatheredIds {
	readonly ulids: Ulids;
	readonly texts: readonly string[];
}

/**
 * All that was taken in, as plain data: what one thread gathers, another can make columns of. Arrays may have room to
 * spare. Numbers of ids and rows count from 1 here where 0 is none.
 */
export interface GatheredAccounts extends GatheredRoster {
	/** Of observations and incidents: an observation by itself is the incident of its own ULID. */
	readonly ids: Ulids;
	/** Per id number: row of the account as it was told, and as the coordinator left it. */
	readonly told: Uint32Array;
	readonly processed: Uint32Array;
	readonly outcome: Uint8Array;
	/** Number of the incident's id that the processing names. */
	readonly incident: Uint32Array;
	readonly minute: Int32Array;
	/** Digital and outside school, as traits. */
	readonly marks: Uint16Array;
	/** Number of the pupil who told. */
	readonly toldBy: Uint32Array;
	/** Number of the person who reported. */
	readonly reporter: Uint32Array;
	/** How it was handled, as extras. */
	readonly handling: Uint16Array;
	/** 1 for every observation that its reporter took back. */
	readonly withdrawn: Uint8Array;

	/** Per account. */
	readonly place: Uint32Array;
	readonly traits: Uint16Array;
	/** The function, and whether a child is known in words only. */
	readonly extras: Uint16Array;
	readonly victimGroup: Uint32Array;
	/** Where the account's participants and behaviours start; they end where the next account's start. */
	readonly participantStart: Uint32Array;
	readonly behaviourStart: Uint32Array;
	/** Pupil number from 0 × 2 + role; children without a name and other roles left out. */
	readonly participants: Uint32Array;
	readonly behaviours: Uint8Array;

	/** Decisions and withdrawals whose observation is not there. */
	readonly withoutObservation: number;
}

/** Ids that come back, and what the school says of them. */
export interface GatheredRoster {
	readonly pupils: GatheredIds;
	readonly groups: GatheredIds;
	readonly places: GatheredIds;
	readonly persons: GatheredIds;
	/** Per pupil number from 0: the number of the group, and the last day at school (or `NOT_IN_ROSTER`). */
	readonly groupOfPupil: Uint32Array;
	readonly pupilUntil: Int32Array;
	readonly sexOfPupil: readonly (Sex | null)[];
	/** What the roster says of a number from 0; `null` where it says nothing. */
	readonly groupRoster: readonly (Group | null)[];
	readonly placeRoster: readonly (Place | null)[];
	readonly personRoster: readonly (Person | null)[];
	readonly schools: readonly School[];
	/** In the order of their ids. */
	readonly calendars: readonly Calendar[];
}

/**
 * What documents say, taken in one by one and kept as numbers only: a row per account (what a reporter told, and what
 * the coordinator made of it), found by the whole number of its observation. Documents may come in any order.
 */
export class Accounts {
	readonly #ids: UlidTable;
	readonly #pupils = new ShortList();
	readonly #groups = new ShortList();
	readonly #places = new ShortList();
	readonly #persons = new ShortList();
	readonly #rosterPupils = new Map<number, Pupil>();
	readonly #rosterGroups = new Map<number, Group>();
	readonly #rosterPlaces = new Map<number, Place>();
	readonly #rosterPersons = new Map<number, Person>();
	readonly #schools = new Map<string, School>();
	readonly #calendars = new Map<string, Calendar>();

	// As in `GatheredAccounts`.
	#told: Uint32Array;
	#processed: Uint32Array;
	#outcome: Uint8Array;
	#incident: Uint32Array;
	#minute: Int32Array;
	#marks: Uint16Array;
	#toldBy: Uint32Array;
	#reporter: Uint32Array;
	#handling: Uint16Array;
	#toldAt: Float64Array;
	#processedAt: Float64Array;

	#rows = 0;
	#place: Uint32Array;
	#traits: Uint16Array;
	#extras: Uint16Array;
	#victimGroup: Uint32Array;
	#participantStart: Uint32Array;
	#behaviourStart: Uint32Array;
	#participants: Uint32Array;
	#behaviours: Uint8Array;

	readonly #withdrawals = new Map<string, { readonly observation: number; readonly by: number }>();

	#roster: (GatheredRoster & { readonly size: number }) | null = null;

	/** Room for what is expected saves copying; more than expected is fine. */
	constructor(expectedObservations = 0, expectedAccounts = 2 * expectedObservations) {
		const ids = Math.max(FIRST_CAPACITY, expectedObservations);
		this.#ids = new UlidTable(ids);
		this.#told = room(Uint32Array, ids);
		this.#processed = room(Uint32Array, ids);
		this.#outcome = room(Uint8Array, ids);
		this.#incident = room(Uint32Array, ids);
		this.#minute = room(Int32Array, ids);
		this.#marks = room(Uint16Array, ids);
		this.#toldBy = room(Uint32Array, ids);
		this.#reporter = room(Uint32Array, ids);
		this.#handling = room(Uint16Array, ids);
		this.#toldAt = room(Float64Array, ids);
		this.#processedAt = room(Float64Array, ids);
		const rows = Math.max(FIRST_CAPACITY, expectedAccounts);
		this.#place = room(Uint32Array, rows);
		this.#traits = room(Uint16Array, rows);
		this.#extras = room(Uint16Array, rows);
		this.#victimGroup = room(Uint32Array, rows);
		this.#participantStart = room(Uint32Array, rows + 1);
		this.#behaviourStart = room(Uint32Array, rows + 1);
		this.#participants = room(Uint32Array, rows * 2);
		this.#behaviours = room(Uint8Array, rows * 2);
	}

	add(doc: DomainDocument): void {
		if (doc.type === 'observation') this.addObservation(doc);
		else if (doc.type === 'processing') this.addProcessing(doc);
		else if (doc.type === 'withdrawal') this.addWithdrawal(doc);
		else if (doc.type === 'pupil') this.addPupil(doc);
		else if (doc.type === 'group') this.addGroup(doc);
		else if (doc.type === 'place') this.addPlace(doc);
		else if (doc.type === 'person') this.addPerson(doc);
		else if (doc.type === 'calendar' || doc.type === 'school') this.#addSchoolYear(doc);
	}

	#addSchoolYear(doc: Calendar | School): void {
		this.#roster = null;
		if (doc.type === 'calendar') this.#calendars.set(doc.id, doc);
		else this.#schools.set(doc.id, doc);
	}

	addPupil(pupil: Pupil): void {
		this.#roster = null;
		this.#rosterPupils.set(this.#pupils.numberOf(pupil.id), pupil);
		this.#groups.numberOf(pupil.groupId);
	}

	addGroup(group: Group): void {
		this.#roster = null;
		this.#rosterGroups.set(this.#groups.numberOf(group.id), group);
	}

	addPlace(place: Place): void {
		this.#roster = null;
		this.#rosterPlaces.set(this.#places.numberOf(place.id), place);
	}

	addPerson(person: Person): void {
		this.#roster = null;
		this.#rosterPersons.set(this.#persons.numberOf(person.id), person);
	}

	/**
	 * `allProcessed`: no processing comes after this, so an account that the coordinator confirmed otherwise need not
	 * be read. Most are; it saves a third of the time.
	 */
	addObservation(told: Observation, allProcessed = false): void {
		const number = this.#numberOf(told.id);
		const at = orderOf(told.notedAt);
		if (this.#told[number] !== 0 && at < (this.#toldAt[number] ?? 0)) return;
		this.#toldAt[number] = at;
		this.#minute[number] = minuteOf(told.occurredAt);
		this.#marks[number] = marksToTraits(told.digital, told.outsideSchool);
		this.#toldBy[number] = told.toldBy === undefined ? 0 : this.#pupils.numberOf(told.toldBy) + 1;
		this.#reporter[number] = told.reporterId === undefined ? 0 : this.#persons.numberOf(told.reporterId) + 1;
		this.#handling[number] = handlingToExtras(told.handling);
		if (allProcessed && this.#outcome[number] === OUTCOME.confirmed) {
			this.#told[number] = NOT_READ;
			return;
		}
		let traits = basketToTraits(told.basket);
		for (const behaviour of told.behaviours) traits |= formOf(behaviourCode(behaviour));
		this.#told[number] = this.#addAccount(told, traits, 0) + 1;
	}

	addProcessing(decided: Processing): void {
		const number = this.#numberOf(decided.observationId);
		const at = orderOf(decided.processedAt);
		if (this.#processed[number] !== 0 && at < (this.#processedAt[number] ?? 0)) return;
		this.#processedAt[number] = at;
		const incident = this.#numberOf(decided.incidentId);
		this.#incident[number] = incident + 1;
		this.#outcome[number] = OUTCOME[decided.outcome];
		const traits = basketToTraits(decided.basket) | formsToTraits(decided.forms);
		const row = this.#addAccount(decided, traits, functionToExtras(decided.aggressionFunction));
		this.#processed[number] = row + 1;
	}

	addWithdrawal({ id, observationId, withdrawnBy }: Withdrawal): void {
		const by = withdrawnBy === undefined ? 0 : this.#persons.numberOf(withdrawnBy) + 1;
		this.#withdrawals.set(id, { observation: this.#numberOf(observationId), by });
	}

	/** The number of an observation's or incident's id. */
	numberOf(id: string): number {
		return this.#numberOf(id);
	}

	/** What was taken in so far; `add` may go on afterwards, and it then holds for what was there. */
	gather(): GatheredAccounts {
		return {
			ids: listOf(this.#ids),
			...{ told: this.#told, processed: this.#processed, outcome: this.#outcome, incident: this.#incident },
			...{ minute: this.#minute, marks: this.#marks, toldBy: this.#toldBy, withdrawn: this.#withdrawn() },
			...{ reporter: this.#reporter, handling: this.#handling, extras: this.#extras },
			...{ place: this.#place, traits: this.#traits, victimGroup: this.#victimGroup },
			...{ participantStart: this.#participantStart, behaviourStart: this.#behaviourStart },
			...{ participants: this.#participants, behaviours: this.#behaviours },
			withoutObservation: this.#withoutObservation(),
			...this.#rosterAsItIs(),
		};
	}

	/** Made again only when it changed: it takes longer than one more observation does. */
	#rosterAsItIs(): GatheredRoster {
		const lists = [this.#pupils, this.#groups, this.#places, this.#persons];
		const size = lists.reduce((sum, { texts }) => sum + texts.length, 0);
		if (!this.#roster || this.#roster.size !== size) this.#roster = { ...this.#makeRoster(), size };
		return this.#roster;
	}

	#makeRoster(): GatheredRoster {
		const groupOfPupil = new Uint32Array(this.#pupils.texts.length);
		const pupilUntil = new Int32Array(groupOfPupil.length).fill(NOT_IN_ROSTER);
		for (const [number, pupil] of this.#rosterPupils) {
			groupOfPupil[number] = this.#groups.numberOf(pupil.groupId) + 1;
			pupilUntil[number] = pupil.leftOn === undefined ? STILL_HERE : dayNumber(pupil.leftOn);
		}
		return {
			...{ pupils: idsOf(this.#pupils), groups: idsOf(this.#groups), places: idsOf(this.#places) },
			...{ persons: idsOf(this.#persons), groupOfPupil, pupilUntil },
			sexOfPupil: this.#pupils.texts.map((_, number) => this.#rosterPupils.get(number)?.sex ?? null),
			groupRoster: this.#groups.texts.map((_, number) => this.#rosterGroups.get(number) ?? null),
			placeRoster: this.#places.texts.map((_, number) => this.#rosterPlaces.get(number) ?? null),
			personRoster: this.#persons.texts.map((_, number) => this.#rosterPersons.get(number) ?? null),
			schools: [...this.#schools.values()],
			calendars: [...this.#calendars.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
		};
	}

	#withoutObservation(): number {
		let count = 0;
		for (const { observation } of this.#withdrawals.values()) if (this.#told[observation] === 0) count++;
		for (let number = 0; number < this.#ids.size; number++) {
			if (this.#processed[number] !== 0 && this.#told[number] === 0) count++;
		}
		return count;
	}

	#withdrawn(): Uint8Array {
		const withdrawn = new Uint8Array(this.#ids.size);
		for (const { observation, by } of this.#withdrawals.values()) {
			const reporter = this.#reporter[observation] ?? 0;
			if (reporter === 0 || by === 0 || reporter === by) withdrawn[observation] = 1;
		}
		return withdrawn;
	}

	#numberOf(id: string): number {
		const number = this.#ids.numberOf(id);
		if (number >= this.#told.length) {
			this.#told = grown(this.#told);
			this.#processed = grown(this.#processed);
			this.#outcome = grown(this.#outcome);
			this.#incident = grown(this.#incident);
			this.#minute = grown(this.#minute);
			this.#marks = grown(this.#marks);
			this.#toldBy = grown(this.#toldBy);
			this.#reporter = grown(this.#reporter);
			this.#handling = grown(this.#handling);
			this.#toldAt = grown(this.#toldAt);
			this.#processedAt = grown(this.#processedAt);
		}
		return number;
	}

	/** What reporter and coordinator both say. Returns the row. */
	#addAccount(
		account: {
			readonly placeId: string | null;
			readonly victimGroupId: string | null;
			readonly participants: readonly Participant[];
			readonly behaviours: readonly Behaviour[];
		},
		traits: number,
		extras: number,
	): number {
		const row = this.#rows++;
		if (row === this.#traits.length) this.#growRows();
		let participantEnd = this.#participantStart[row] ?? 0;
		let behaviourEnd = this.#behaviourStart[row] ?? 0;
		while (participantEnd + account.participants.length > this.#participants.length) {
			this.#participants = grown(this.#participants);
		}
		while (behaviourEnd + account.behaviours.length > this.#behaviours.length) {
			this.#behaviours = grown(this.#behaviours);
		}

		let all = traits;
		let more = extras;
		for (const behaviour of account.behaviours) {
			const code = behaviourCode(behaviour);
			this.#behaviours[behaviourEnd++] = code;
			all |= violenceOf(code);
		}
		for (const each of account.participants) {
			if (each.role !== 'instigator' && each.role !== 'victim') continue;
			if (!('pupilId' in each)) {
				more |= UNKNOWN_CHILD;
				continue;
			}
			const role = each.role === 'victim' ? VICTIM : INSTIGATOR;
			this.#participants[participantEnd++] = this.#pupils.numberOf(each.pupilId) * 2 + role;
		}
		this.#place[row] = account.placeId === null ? 0 : this.#places.numberOf(account.placeId) + 1;
		this.#victimGroup[row] = account.victimGroupId === null ? 0 : this.#groups.numberOf(account.victimGroupId) + 1;
		this.#traits[row] = all;
		this.#extras[row] = more;
		this.#participantStart[row + 1] = participantEnd;
		this.#behaviourStart[row + 1] = behaviourEnd;
		return row;
	}

	#growRows(): void {
		this.#place = grown(this.#place);
		this.#traits = grown(this.#traits);
		this.#extras = grown(this.#extras);
		this.#victimGroup = grown(this.#victimGroup);
		this.#participantStart = grown(this.#participantStart);
		this.#behaviourStart = grown(this.#behaviourStart);
	}
}

/** As it stands now: the table may grow and take other memory. */
function listOf({ size, words }: Ulids): Ulids {
	return { size, words };
}

function idsOf({ table, texts }: ShortList): GatheredIds {
	return { ulids: listOf(table), texts };
}

/** Minutes of the wall clock since 1970-01-01T00:00, from `2026-03-09T12:14`; the zone stays out of it. */
function minuteOf(localDateTime: string): number {
	const day = daysFrom(number4(localDateTime, 0), number2(localDateTime, 5), number2(localDateTime, 8));
	return day * MINUTES_PER_DAY + number2(localDateTime, 11) * 60 + number2(localDateTime, 14);
}

/** A number that rises with the moment: enough to tell which of two was written last. */
function orderOf(instant: string): number {
	// `2026-03-09T11:14:00.000Z` is what devices write; other ways to write a moment come to it first.
	const text = instant.length === 24 ? instant : new Date(instant).toISOString();
	const day = (number4(text, 0) * 12 + number2(text, 5)) * 31 + number2(text, 8);
	const second = (number2(text, 11) * 60 + number2(text, 14)) * 60 + number2(text, 17);
	return (day * 86_400 + second) * 1000 + number2(text, 20) * 10 + digit(text, 22);
}

/** Days since 1970-01-01 in the Gregorian calendar (Howard Hinnant's `days_from_civil`). */
function daysFrom(year: number, month: number, dayOfMonth: number): number {
	const y = month <= 2 ? year - 1 : year;
	const era = Math.floor(y / 400);
	const yearOfEra = y - era * 400;
	const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + dayOfMonth - 1;
	const dayOfEra = yearOfEra * 365 + (yearOfEra >> 2) - ((yearOfEra / 100) | 0) + dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

function digit(text: string, at: number): number {
	return text.charCodeAt(at) - 48;
}

function number2(text: string, at: number): number {
	return digit(text, at) * 10 + digit(text, at + 1);
}

function number4(text: string, at: number): number {
	return number2(text, at) * 100 + number2(text, at + 2);
}
