import type { Columns } from '../../src/lib/domain/analysis/columns.ts';
import type { Details } from '../../src/lib/domain/analysis/fold-details.ts';
import type { Folded, FoldQuestion } from '../../src/lib/domain/analysis/fold.ts';
import type { SchoolTime } from '../../src/lib/domain/analysis/school-time.ts';
import type { Table } from './duckdb.ts';

const MINUTES_PER_DAY = 1440;

/**
 * Incidents as a database would have them loaded, at its best: whole numbers instead of texts, and the day in every
 * table, so that no query needs a join.
 */
export function* loadedTables({ trouble, green }: Columns): Generator<Table> {
	const day = (table: typeof trouble, row: number) => Math.floor((table.minute[row] ?? 0) / MINUTES_PER_DAY);
	const number = 'INTEGER' as const;
	yield {
		name: 'incident',
		columns: { day: number, place: number, hour: number, traits: number, observations: number, unprocessed: number },
		rows: (function* () {
			for (let row = 0; row < trouble.rows; row++) {
				const placeHour = trouble.placeHour[row] ?? 0;
				const within = (before: Uint32Array) => (before[row + 1] ?? 0) - (before[row] ?? 0);
				yield [
					...[day(trouble, row), Math.floor(placeHour / 24), placeHour % 24, trouble.traits[row] ?? 0],
					...[within(trouble.observationsBefore), within(trouble.unprocessedBefore)],
				];
			}
		})(),
	};
	yield {
		name: 'green',
		columns: { day: number },
		rows: (function* () {
			for (let row = 0; row < green.rows; row++) yield [day(green, row)];
		})(),
	};
	for (const name of ['instigators', 'victims', 'tellers', 'groups', 'behaviours'] as const) {
		const { start, values } = trouble[name];
		yield {
			name,
			columns: { day: number, code: number },
			rows: (function* () {
				for (let row = 0; row < trouble.rows; row++) {
					for (let i = start[row] ?? 0; i < (start[row + 1] ?? 0); i++) yield [day(trouble, row), values[i] ?? 0];
				}
			})(),
		};
	}
}

/**
 * The same for what `foldDetails` counts. Here `row` tells incidents apart, because who did it to whom is a question about
 * two lists; the week, the part of the day and every bit of how it was handled are ready to be grouped by.
 */
export function* loadedDetails({ trouble, green }: Columns, time: SchoolTime): Generator<Table> {
	const number = 'INTEGER' as const;
	const dayOf = (table: typeof trouble, row: number) => Math.floor((table.minute[row] ?? 0) / MINUTES_PER_DAY);
	yield {
		name: 'detail',
		columns: { id: number, day: number, extras: number, situation: number, victim_group: number },
		rows: (function* () {
			for (let row = 0; row < trouble.rows; row++) {
				const day = dayOf(trouble, row);
				const situation = time.situationsOf(day)[(trouble.minute[row] ?? 0) - day * MINUTES_PER_DAY] ?? 0;
				yield [row, day, trouble.extras[row] ?? 0, situation, trouble.victimGroup[row] ?? 0];
			}
		})(),
	};
	for (const [name, list] of [
		['did', trouble.instigators],
		['suffered', trouble.victims],
	] as const) {
		yield {
			name,
			columns: { id: number, day: number, week: number, code: number },
			rows: (function* () {
				for (let row = 0; row < trouble.rows; row++) {
					const day = dayOf(trouble, row);
					for (let i = list.start[row] ?? 0; i < (list.start[row + 1] ?? 0); i++) {
						yield [row, day, Math.floor((day + 3) / 7), list.values[i] ?? 0];
					}
				}
			})(),
		};
	}
	yield {
		name: 'reported',
		columns: { day: number, code: number },
		rows: (function* () {
			for (const table of [trouble, green]) {
				const { start, values } = table.reporters;
				for (let row = 0; row < table.rows; row++) {
					for (let i = start[row] ?? 0; i < (start[row + 1] ?? 0); i++) yield [dayOf(table, row), values[i] ?? 0];
				}
			}
		})(),
	};
}

export function detailQueriesFor({ from, until }: FoldQuestion): Record<string, string> {
	const period = `day BETWEEN ${from} AND ${until}`;
	return {
		extras: `SELECT extras, count(*) FROM detail WHERE ${period} GROUP BY extras`,
		situations: `SELECT situation, count(*) FROM detail WHERE ${period} GROUP BY situation`,
		victimGroups: `SELECT victim_group, count(*) FROM detail WHERE ${period} GROUP BY victim_group`,
		reporters: `SELECT code, count(*), max(day) FROM reported WHERE ${period} GROUP BY code`,
		evidence: `SELECT code, count(*), count(DISTINCT week), min(day), max(day) FROM did WHERE ${period} GROUP BY code`,
		pairs: `SELECT d.code, s.code, count(*), max(d.day) FROM did d JOIN suffered s ON s.id = d.id
			WHERE d.${period} AND s.code <> d.code GROUP BY d.code, s.code`,
		groupsAimedAt: `SELECT d.code, count(DISTINCT t.victim_group) FROM did d JOIN detail t ON t.id = d.id
			WHERE d.${period} AND t.victim_group <> 0 GROUP BY d.code`,
	};
}

/** What the two kinds of victims make together is one figure here, and two queries there: their sum is compared. */
export function detailsAsRows(details: Details): Record<string, number[][]> {
	const { evidence, pairs, reporters, reporterLastDay } = details;
	const counted = (counts: Uint32Array) =>
		[...counts].map((count, code) => [code, count]).filter(([, count]) => count !== 0);
	return {
		extras: counted(details.extras),
		situations: counted(details.situations),
		victimGroups: counted(details.victimGroups),
		reporters: counted(reporters).map(([code = 0, count = 0]) => [code, count, reporterLastDay[code] ?? 0]),
		evidence: Array.from(evidence.pupils, (pupil, index) => [
			...[pupil, evidence.incidents[index] ?? 0, evidence.weeks[index] ?? 0],
			...[evidence.firstDay[index] ?? 0, evidence.lastDay[index] ?? 0],
		]),
		pairs: Array.from({ length: pairs.length }, (_, index) => [
			...[pairs.instigator[index] ?? 0, pairs.victim[index] ?? 0],
			...[pairs.incidents[index] ?? 0, pairs.lastDay[index] ?? 0],
		]),
	};
}

/** What `foldColumns` counts, in SQL that SQLite and DuckDB both read. */
export function queriesFor({ from, until, newFrom }: FoldQuestion): Record<string, string> {
	const period = `day BETWEEN ${from} AND ${until}`;
	const count = (table: string) => `SELECT code, count(*) FROM ${table} WHERE ${period} GROUP BY code`;
	const counter = (table: string) =>
		`SELECT code, count(*) AS n, count(*) FILTER (WHERE day >= ${newFrom}) FROM ${table} WHERE ${period} GROUP BY code`;
	return {
		placeHour: `SELECT place, hour, count(*) FROM incident WHERE ${period} GROUP BY place, hour`,
		traits: `SELECT traits, count(*) FROM incident WHERE ${period} GROUP BY traits`,
		counts: `SELECT count(*), sum(observations), sum(unprocessed) FROM incident WHERE ${period}`,
		days: `SELECT day, count(*) FROM incident WHERE ${period} GROUP BY day`,
		green: `SELECT count(*) FROM green WHERE ${period}`,
		behaviours: count('behaviours'),
		groups: count('groups'),
		// The Pareto needs them sorted, most first.
		instigators: `${counter('instigators')} ORDER BY n DESC, code`,
		victims: counter('victims'),
		tellers: counter('tellers'),
	};
}

/** A fold in the shape of the queries' answers, to see that everybody counts the same before the clock runs. */
export function asRows(folded: Folded, question: FoldQuestion): Record<string, number[][]> {
	const counted = (counts: Uint32Array, first = 0) =>
		[...counts].map((count, code) => [code + first, count]).filter(([, count]) => count !== 0);
	const { counters, change } = folded;
	const counter = (role: 'instigator' | 'victim' | 'reporter') =>
		counted(counters[role]).map(([code = 0, count = 0]) => [code, count, change?.[role][code] ?? 0]);
	return {
		placeHour: counted(folded.placeHour).map(([code = 0, count = 0]) => [Math.floor(code / 24), code % 24, count]),
		traits: counted(folded.traits),
		counts: [[folded.incidents, folded.observations, folded.unprocessed]],
		days: counted(folded.days, question.from),
		green: [[folded.green]],
		behaviours: counted(folded.behaviours),
		groups: counted(folded.groups),
		instigators: Array.from(folded.instigatorOrder, (code) => [
			...[code, counters.instigator[code] ?? 0, change?.instigator[code] ?? 0],
		]),
		victims: counter('victim'),
		tellers: counter('reporter'),
	};
}

/** Throws where the answers differ; the order counts only for the Pareto. */
export function assertSame(peer: string, ours: Record<string, number[][]>, theirs: Record<string, unknown[][]>): void {
	for (const [name, rows] of Object.entries(ours)) {
		const text = (list: unknown[][]) => {
			const lines = list.map((row) => row.map(Number).join(' '));
			return (name === 'instigators' ? lines : lines.sort()).join('\n');
		};
		if (text(rows) !== text(theirs[name] ?? [])) throw new Error(`${peer} counts ${name} otherwise: no honest race`);
	}
}
