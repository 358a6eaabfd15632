import type { DomainDocument } from '#domain/document.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation, Withdrawal } from '#domain/observation/observation.ts';
import { AccountRows, type GatheredRows } from './account-rows.ts';
import { functionToExtras, handlingToExtras } from './extras.ts';
import { grown } from './grown.ts';
import { minuteOf, orderOf } from './moment-numbers.ts';
import { room } from './room.ts';
import { RosterNumbers, type GatheredRoster } from './roster-numbers.ts';
import { basketToTraits, behaviourCode, formOf, formsToTraits, marksToTraits } from './traits.ts';
import { listOf, UlidTable, type Ulids } from './ulid-table.ts';

/** How the coordinator left an observation; 0 when no processing came. */
export const OUTCOME = { none: 0, confirmed: 1, setAside: 2, open: 3 } as const;

const FIRST_CAPACITY = 1 << 11;

/** Told, but what it says is not needed. */
const NOT_READ = 0xffffffff;

/**
 * All that was taken in, as plain data: what one thread gathers, another can make columns of. Arrays may have room to
 * spare. Numbers of ids and rows count from 1 here where 0 is none.
 */
export interface GatheredAccounts extends GatheredRoster, GatheredRows {
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
	/** Decisions and withdrawals whose observation is not there. */
	readonly withoutObservation: number;
}

/**
 * What documents say, taken in one by one and kept as numbers only: a row per account (what a reporter told, and what
 * the coordinator made of it), found by the whole number of its observation. Documents may come in any order.
 */
export class Accounts {
	readonly roster = new RosterNumbers();
	readonly #ids: UlidTable;
	readonly #rows: AccountRows;

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

	readonly #withdrawals = new Map<string, { readonly observation: number; readonly by: number }>();

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
		this.#rows = new AccountRows(this.roster, Math.max(FIRST_CAPACITY, expectedAccounts));
	}

	add(doc: DomainDocument): void {
		switch (doc.type) {
			case 'observation':
				return this.addObservation(doc);
			case 'processing':
				return this.addProcessing(doc);
			case 'withdrawal':
				return this.addWithdrawal(doc);
			case 'pupil':
			case 'group':
			case 'place':
			case 'person':
			case 'calendar':
			case 'school':
			case 'thresholds':
				return this.roster.add(doc);
		}
	}

	/**
	 * `allProcessed`: no processing comes after this, so an account that the coordinator confirmed otherwise need not
	 * be read. Most are; it saves a third of the time.
	 */
	addObservation(told: Observation, allProcessed = false): void {
		const number = this.numberOf(told.id);
		const at = orderOf(told.notedAt);
		if (this.#told[number] !== 0 && at < (this.#toldAt[number] ?? 0)) return;
		const { pupils, persons } = this.roster;
		this.#toldAt[number] = at;
		this.#minute[number] = minuteOf(told.occurredAt);
		this.#marks[number] = marksToTraits(told.digital, told.outsideSchool);
		this.#toldBy[number] = told.toldBy === undefined ? 0 : pupils.numberOf(told.toldBy) + 1;
		this.#reporter[number] = told.reporterId === undefined ? 0 : persons.numberOf(told.reporterId) + 1;
		this.#handling[number] = handlingToExtras(told.handling);
		if (allProcessed && this.#outcome[number] === OUTCOME.confirmed) {
			this.#told[number] = NOT_READ;
			return;
		}
		let traits = basketToTraits(told.basket);
		for (const behaviour of told.behaviours) traits |= formOf(behaviourCode(behaviour));
		this.#told[number] = this.#rows.add(told, traits, 0) + 1;
	}

	addProcessing(decided: Processing): void {
		const number = this.numberOf(decided.observationId);
		const at = orderOf(decided.processedAt);
		if (this.#processed[number] !== 0 && at < (this.#processedAt[number] ?? 0)) return;
		this.#processedAt[number] = at;
		const incident = this.numberOf(decided.incidentId);
		this.#incident[number] = incident + 1;
		this.#outcome[number] = OUTCOME[decided.outcome];
		const traits = basketToTraits(decided.basket) | formsToTraits(decided.forms);
		const row = this.#rows.add(decided, traits, functionToExtras(decided.aggressionFunction));
		this.#processed[number] = row + 1;
	}

	addWithdrawal({ id, observationId, withdrawnBy }: Withdrawal): void {
		const by = withdrawnBy === undefined ? 0 : this.roster.persons.numberOf(withdrawnBy) + 1;
		this.#withdrawals.set(id, { observation: this.numberOf(observationId), by });
	}

	/** What was taken in so far; `add` may go on afterwards, and it then holds for what was there. */
	gather(): GatheredAccounts {
		return {
			ids: listOf(this.#ids),
			...{ told: this.#told, processed: this.#processed, outcome: this.#outcome, incident: this.#incident },
			...{ minute: this.#minute, marks: this.#marks, toldBy: this.#toldBy, withdrawn: this.#withdrawn() },
			...{ reporter: this.#reporter, handling: this.#handling },
			...this.#rows.gather(),
			withoutObservation: this.#withoutObservation(),
			...this.roster.gather(),
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

	/** The number of an observation's or incident's id. */
	numberOf(id: string): number {
		const number = this.#ids.numberOf(id);
		if (number >= this.#told.length) this.#grow();
		return number;
	}

	#grow(): void {
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
}
