import type { DomainDocument } from '#domain/document.ts';
import { Accounts, type GatheredAccounts } from './accounts.ts';
import { columnsOf, type Columns } from './columns.ts';
import { countPupils, foldColumns, mostFirst, type Folded, type FoldQuestion, type RoleTallies } from './fold.ts';
import {
	countingIncident,
	dayOfMinute,
	incidentTable,
	type IncidentTable,
	type IncidentTables,
} from './incident-table.ts';
import { at, type Lists } from './lists.ts';
import { isRowOf, isWhole } from './scope.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A fold that is kept as documents come: what an incident added is taken out, and what it is now is put in. One more
 * observation then costs microseconds, whatever the year holds; a property test holds it to the fold from scratch.
 * A document that names a pupil, group or place for the first time, or that changes the roster, folds anew.
 */
export class LiveFold {
	readonly #accounts: Accounts;
	readonly #ask: (columns: Columns) => FoldQuestion;
	#known!: Known;

	/** `ask`: the question in the codes of these columns, as `inNumbers` gives it. */
	constructor(documents: Iterable<DomainDocument>, ask: (columns: Columns) => FoldQuestion) {
		this.#accounts = new Accounts();
		this.#ask = ask;
		for (const doc of documents) this.#accounts.add(doc);
		this.#foldAnew();
	}

	add(doc: DomainDocument): void {
		this.#accounts.add(doc);
		if (doc.type !== 'observation' && doc.type !== 'processing' && doc.type !== 'withdrawal') {
			if (CHANGES_ROSTER.has(doc.type)) this.#foldAnew();
			return;
		}
		const accounts = this.#accounts.gather();
		const { recoding } = this.#known.columns;
		const isNew =
			accounts.pupils.texts.length >= recoding.pupils.length ||
			accounts.groups.texts.length >= recoding.groups.length ||
			accounts.places.texts.length >= recoding.places.length ||
			accounts.persons.texts.length >= recoding.persons.length;
		if (isNew) this.#foldAnew();
		else this.#replace(accounts, this.#accounts.numberOf(doc.type === 'observation' ? doc.id : doc.observationId));
	}

	/** As `foldColumns` gives it; holds until the next `add`. */
	folded(): Folded {
		const { folded, columns, asked, pupils } = this.#known;
		return {
			...folded,
			instigatorOrder: mostFirst(folded.instigators, pupils),
			pupils: countPupils(columns, folded.instigators, asked.from, asked.scope),
		};
	}

	#foldAnew(): void {
		const accounts = this.#accounts.gather();
		const columns = columnsOf(accounts);
		const asked = this.#ask(columns);
		const incidentOf: number[] = [];
		const membersOf = new Map<number, number[]>();
		for (let observation = 0; observation < accounts.ids.size; observation++) {
			const incident = countingIncident(accounts, observation);
			incidentOf.push(incident);
			if (incident < 0) continue;
			const members = membersOf.get(incident);
			if (members) members.push(observation);
			else membersOf.set(incident, [observation]);
		}
		const rowOf = new Map<number, Row>();
		for (const kind of ['trouble', 'green'] as const) {
			const table = columns[kind];
			for (let row = 0; row < table.rows; row++) rowOf.set(at(table.id, row), { kind, table, row });
		}
		const folded = foldColumns(columns, asked);
		this.#known = {
			...{ columns, asked, incidentOf, membersOf, rowOf },
			pupils: Uint32Array.from(columns.pupilIds, (_, index) => index + 1),
			// The fold may count one array for two figures.
			folded: { ...folded, instigators: folded.instigators.slice() },
		};
	}

	/** The incidents an observation was in and is in now are counted out as they were, and in as they are. */
	#replace(accounts: GatheredAccounts, observation: number): void {
		const { columns, incidentOf, membersOf, rowOf } = this.#known;
		const before = incidentOf[observation] ?? -1;
		const after = countingIncident(accounts, observation);
		if (before !== after) {
			const left = membersOf.get(before)?.filter((member) => member !== observation) ?? [];
			if (left.length > 0) membersOf.set(before, left);
			else membersOf.delete(before);
			if (after >= 0) membersOf.set(after, [...(membersOf.get(after) ?? []), observation]);
			incidentOf[observation] = after;
		}
		for (const incident of new Set([before, after])) {
			if (incident < 0) continue;
			const old = rowOf.get(incident);
			if (old) this.#count(old, -1);
			rowOf.delete(incident);
			const members = membersOf.get(incident);
			if (!members) continue;
			const row = onlyRow(incidentTable(accounts, columns.recoding, incident, members));
			rowOf.set(incident, row);
			this.#count(row, 1);
		}
	}

	#count({ kind, table, row }: Row, sign: 1 | -1): void {
		const { folded, asked, columns } = this.#known;
		const day = dayOfMinute(at(table.minute, row));
		if (day > asked.until) return;
		const isCounted = day >= asked.from && (isWhole(asked.scope) || isRowOf(columns, table, row, asked.scope));
		if (kind === 'green') {
			if (isCounted) folded.green += sign;
			return;
		}
		if (isCounted) {
			folded.incidents += sign;
			folded.observations += sign * (at(table.observationsBefore, row + 1) - at(table.observationsBefore, row));
			folded.unprocessed += sign * (at(table.unprocessedBefore, row + 1) - at(table.unprocessedBefore, row));
			shift(folded.placeHour, at(table.placeHour, row), sign);
			shift(folded.traits, at(table.traits, row), sign);
			shift(folded.days, day - asked.from, sign);
			shift(folded.weekdays, (((day + 3) % 7) + 7) % 7, sign);
			shiftAll(folded.behaviours, table.behaviours, row, sign);
			shiftAll(folded.groups, table.groups, row, sign);
			shiftAll(folded.instigators, table.instigators, row, sign);
		}
		if (day < asked.countersFrom) return;
		shiftRoles(folded.counters, table, row, sign);
		if (folded.change && asked.newFrom !== null && day >= asked.newFrom) shiftRoles(folded.change, table, row, sign);
	}
}

/** Kinds whose every document may change a code or who is counted. */
const CHANGES_ROSTER: ReadonlySet<DomainDocument['type']> = new Set(['pupil', 'group', 'place']);

interface Row {
	readonly kind: keyof IncidentTables;
	readonly table: IncidentTable;
	readonly row: number;
}

interface Known {
	readonly columns: Columns;
	readonly asked: FoldQuestion;
	readonly folded: Writable<Folded>;
	/** Every pupil code. */
	readonly pupils: Uint32Array;
	/** Per number of an observation: the incident it counts in, or -1. */
	readonly incidentOf: number[];
	readonly membersOf: Map<number, number[]>;
	readonly rowOf: Map<number, Row>;
}

function onlyRow({ trouble, green }: IncidentTables): Row {
	return trouble.rows > 0 ? { kind: 'trouble', table: trouble, row: 0 } : { kind: 'green', table: green, row: 0 };
}

function shift(counts: Uint32Array, index: number, sign: 1 | -1): void {
	counts[index] = at(counts, index) + sign;
}

function shiftAll(
	counts: Uint32Array,
	{ start, values }: Lists<Uint8Array | Uint32Array>,
	row: number,
	sign: 1 | -1,
): void {
	for (let i = at(start, row); i < at(start, row + 1); i++) shift(counts, at(values, i), sign);
}

function shiftRoles(
	{ reporter, instigator, victim }: RoleTallies,
	table: IncidentTable,
	row: number,
	sign: 1 | -1,
): void {
	shiftAll(reporter, table.tellers, row, sign);
	shiftAll(instigator, table.instigators, row, sign);
	shiftAll(victim, table.victims, row, sign);
}
