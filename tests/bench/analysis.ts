import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { analyse } from '../../src/lib/domain/analysis/analyse.ts';
import { shareByChance } from '../../src/lib/domain/analysis/chance.ts';
import { buildColumns, type Columns } from '../../src/lib/domain/analysis/columns.ts';
import { foldDetails } from '../../src/lib/domain/analysis/fold-details.ts';
import { foldColumns, type FoldQuestion } from '../../src/lib/domain/analysis/fold.ts';
import { LiveFold } from '../../src/lib/domain/analysis/live-fold.ts';
import { inNumbers } from '../../src/lib/domain/analysis/question.ts';
import type { Question } from '../../src/lib/domain/analysis/result.ts';
import { schoolTimeOf } from '../../src/lib/domain/analysis/school-time.ts';
import { idOf } from '../../src/lib/domain/id.ts';
import type { LocalDate } from '../../src/lib/domain/time/local-time.ts';
import { bareDetails, bareLoop } from './bare-loop.ts';
import { benchFacts } from './bench-facts.ts';
import { duckDbFromDocuments } from './duckdb-from-documents.ts';
import { loadDuckDb, loadTable, type Connection, type DuckDb } from './duckdb.ts';
import { faster, medians, MIN_RUNS, round, type Bench, type BenchResult } from './harness.ts';
import {
	asRows,
	assertSame,
	detailQueriesFor,
	detailsAsRows,
	loadedDetails,
	loadedTables,
	queriesFor,
} from './loaded-rows.ts';

/** Reports of about 40 schools in a year (domain figures), and what a large board or a country would have. */
const SMALL = 15_369;
const LARGE = 1_000_000;

type Say = (text: string) => void;

const QUESTION: Question = { until: '2026-11-19' as LocalDate, since: '2026-09-01' as LocalDate };

const ONE_MORE_RUNS = 200;
const INCREMENTAL_BUDGET_MS = 1;
const CHANCE_BUDGET_MS = 1000;

/** A fold takes milliseconds: more turns cost little and say more. */
const FOLD_RUNS = 15;

export const bench: Bench = {
	name: 'analysis',
	async run(say) {
		const pages = dashboards(say);
		const duck = await loadDuckDb(say);
		const { columns, scratch } = await fromScratch(duck, say);
		const asked = inNumbers(columns, QUESTION);
		return [
			...(await folds(duck, columns, asked, say)),
			...scratch,
			await growth(columns, asked, say),
			...(await smallSchool(say)),
			...pages,
		];
	},
};

/** The pages that show all this, in a process of their own: gigabytes of documents beside it would slow a browser down. */
function dashboards(say: Say): BenchResult[] {
	say('Opening the dashboards …');
	const { stdout, status } = spawnSync(process.execPath, ['tests/bench/run.ts', 'dashboards', '--json'], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	if (status !== 0) {
		say('The dashboards are left out: they need Chromium and the built app.');
		return [];
	}
	return (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { readonly results: BenchResult[] }).results;
}

/** The documents live no longer than this: gigabytes that stay would slow down all that follows. */
async function fromScratch(duck: DuckDb, say: Say): Promise<{ columns: Columns; scratch: BenchResult[] }> {
	say(`Making ${LARGE.toLocaleString('en')} observations …`);
	const facts = benchFacts(LARGE);
	const columns = buildColumns(facts);
	const asked = inNumbers(columns, QUESTION);
	const days = { from: asked.from, until: asked.until, newFrom: asked.newFrom ?? asked.until };
	say('Counting from plain documents in DuckDB, to see that both count the same …');
	const first = await duckDbFromDocuments(duck, facts, days);
	assertSameFromDocuments(columns, asked, await first.rows());
	first.close();
	say('From plain documents to figures …');
	const times = await medians({
		ours: () => foldColumns(buildColumns(facts), asked),
		duck: async () => (await duckDbFromDocuments(duck, facts, days)).close(),
	});
	say('From plain documents to all figures …');
	const all = await medians({
		ours: () => {
			const built = buildColumns(facts);
			foldColumns(built, asked);
			foldDetails(built, asked, schoolTimeOf(built.calendars));
		},
		duck: async () => (await duckDbFromDocuments(duck, facts, days, true)).close(),
	});
	return {
		columns,
		scratch: [
			faster('scratch-1m-vs-duckdb', times.ours, 'DuckDB load + query', times.duck, MIN_RUNS),
			faster('all-scratch-1m-vs-duckdb', all.ours, 'DuckDB load + query', all.duck, MIN_RUNS),
		],
	};
}

/** Names against codes: places, pupils and behaviours must have the same counts, whatever they are called. */
function assertSameFromDocuments(columns: Columns, asked: FoldQuestion, answers: unknown[][][]): void {
	const folded = foldColumns(columns, asked);
	const counted = (counts: Uint32Array) => [...counts].filter((count) => count > 0).map((count) => [count]);
	const last = (rows: unknown[][] = []) => rows.map((row) => [row.at(-1)]);
	const [placeHour, , days, , behaviours, , groups, instigators, victims, tellers] = answers;
	const named = (ids: readonly string[]) => new Map(ids.map((id, index) => [id, index + 1]));
	const pupils = named(columns.pupilIds);
	const coded = (rows: unknown[][] = []) => rows.map(([id, ...counts]) => [pupils.get(id as string), ...counts]);
	const ours = asRows(folded, asked);
	assertSame(
		'DuckDB from documents',
		{
			placeHour: counted(folded.placeHour),
			days: ours['days'] ?? [],
			behaviours: counted(folded.behaviours),
			groups: counted(folded.groups),
			instigators: ours['instigators'] ?? [],
			victims: ours['victims'] ?? [],
			tellers: ours['tellers'] ?? [],
		},
		{
			placeHour: last(placeHour),
			days: days ?? [],
			behaviours: last(behaviours),
			groups: last(groups),
			instigators: coded(instigators),
			victims: coded(victims),
			tellers: coded(tellers),
		},
	);
}

async function folds(duck: DuckDb, columns: Columns, asked: FoldQuestion, say: Say): Promise<BenchResult[]> {
	say('Loading DuckDB and SQLite with the incidents …');
	const queries = queriesFor(asked);
	const instance = await duck.DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	const sqlite = new DatabaseSync(':memory:');
	for (const table of loadedTables(columns)) {
		const rows = [...table.rows];
		await loadTable(duck, connection, { ...table, rows });
		const names = Object.keys(table.columns);
		sqlite.exec(`CREATE TABLE ${table.name} (${names.map((name) => `${name} INTEGER`).join(', ')})`);
		const insert = sqlite.prepare(`INSERT INTO ${table.name} VALUES (${names.map(() => '?').join(', ')})`);
		sqlite.exec('BEGIN');
		for (const row of rows) insert.run(...(row as number[]));
		sqlite.exec('COMMIT');
	}
	const statements = Object.entries(queries).map(([name, sql]) => {
		const statement = sqlite.prepare(sql);
		statement.setReturnArrays(true);
		return [name, statement] as const;
	});

	const ours = asRows(foldColumns(columns, asked), asked);
	const theirs: Record<string, unknown[][]> = {};
	for (const [name, sql] of Object.entries(queries)) theirs[name] = await (await connection.run(sql)).getRows();
	assertSame('DuckDB', ours, theirs);
	assertSame(
		'SQLite',
		ours,
		Object.fromEntries(statements.map(([name, statement]) => [name, statement.all() as unknown as unknown[][]])),
	);

	say('Folding what is loaded …');
	const { trouble } = columns;
	const sizes = [columns.pupilIds.length + 1, columns.groupIds.length + 1, (columns.placeIds.length + 1) * 24] as const;
	const loop = await medians(
		{ ours: () => foldColumns(columns, asked), loop: () => bareLoop(trouble, ...sizes) },
		FOLD_RUNS,
	);
	const times = await medians({
		ours: () => foldColumns(columns, asked),
		duck: async () => {
			for (const sql of Object.values(queries)) await connection.run(sql);
		},
		sqlite: () => {
			for (const [, statement] of statements) statement.all();
		},
	});
	sqlite.close();
	const all = await foldsOfAll(duck, connection, columns, asked, say);
	connection.closeSync();
	instance.closeSync();
	return [
		...all,
		faster('fold-1m-vs-sqlite', times.ours, 'node:sqlite', times.sqlite, MIN_RUNS),
		faster('fold-1m-vs-duckdb', times.ours, 'DuckDB', times.duck, MIN_RUNS),
		faster('fold-1m-vs-loop', loop.ours, 'bare loop', loop.loop, FOLD_RUNS),
	];
}

/** The same race with everything an answer counts, who to whom and structural or incidental among it. */
async function foldsOfAll(
	duck: DuckDb,
	connection: Connection,
	columns: Columns,
	asked: FoldQuestion,
	say: Say,
): Promise<BenchResult[]> {
	say('Loading DuckDB with the details …');
	const time = schoolTimeOf(columns.calendars);
	for (const table of loadedDetails(columns, time)) await loadTable(duck, connection, table);
	const queries = { ...queriesFor(asked), ...detailQueriesFor(asked) };
	const theirs: Record<string, unknown[][]> = {};
	for (const [name, sql] of Object.entries(queries)) theirs[name] = await (await connection.run(sql)).getRows();
	assertSame('DuckDB', detailsAsRows(foldDetails(columns, asked, time)), theirs);
	say('Folding all of it …');
	const { trouble } = columns;
	const [pupils, groups, persons] = [columns.pupilIds, columns.groupIds, columns.personIds].map(
		({ length }) => length + 1,
	) as [number, number, number];
	const foldAll = () => [foldColumns(columns, asked), foldDetails(columns, asked, time)];
	const loop = await medians(
		{
			ours: foldAll,
			loop: () => [
				bareLoop(trouble, pupils, groups, (columns.placeIds.length + 1) * 24),
				bareDetails(trouble, { pupils, groups, persons }),
			],
		},
		FOLD_RUNS,
	);
	const times = await medians({
		ours: foldAll,
		duck: async () => {
			for (const sql of Object.values(queries)) await connection.run(sql);
		},
	});
	return [
		faster('all-1m-vs-duckdb', times.ours, 'DuckDB', times.duck, MIN_RUNS),
		faster('all-1m-vs-loop', loop.ours, 'bare loop', loop.loop, FOLD_RUNS),
	];
}

/** One more observation in a year of forty schools, and what chance would give them, held to what a screen can wait. */
async function smallSchool(say: Say): Promise<BenchResult[]> {
	say('One more observation …');
	const facts = benchFacts(SMALL);
	const { groups, places, pupils, observations, processings, withdrawals } = facts;
	const documents = [...groups, ...places, ...pupils, ...observations, ...processings, ...withdrawals];
	const live = new LiveFold(documents, (columns) => inNumbers(columns, QUESTION));
	let number = 0;
	const one = await medians(
		{
			ours: () => {
				const like = observations[(number * 97) % observations.length];
				if (!like) throw new Error('There are observations to look like');
				live.add({ ...like, id: idOf('observation', String(++number).padStart(26, '0')) });
				live.folded();
			},
		},
		ONE_MORE_RUNS,
	);
	const { pareto } = analyse({ ...facts, ...QUESTION });
	const chance = await medians({ ours: () => shareByChance(pareto.pairs, pareto.pupils, pareto.top10.pupils) });
	return [
		faster('incremental-ms', one.ours, 'budget', INCREMENTAL_BUDGET_MS, ONE_MORE_RUNS),
		faster('chance-test-ms', chance.ours, 'budget', CHANCE_BUDGET_MS, MIN_RUNS),
	];
}

/** Time per observation at a million over that at 15,369: 1 is linear. As often as gives both the same work. */
async function growth(large: Columns, asked: FoldQuestion, say: Say): Promise<BenchResult> {
	say(`Folding ${SMALL.toLocaleString('en')} observations …`);
	const small = buildColumns(benchFacts(SMALL));
	const smallAsked = inNumbers(small, QUESTION);
	const times = Math.round(LARGE / SMALL);
	const { one, many } = await medians(
		{
			one: () => foldColumns(large, asked),
			many: () => {
				for (let i = 0; i < times; i++) foldColumns(small, smallAsked);
			},
		},
		FOLD_RUNS,
	);
	const value = round(one / LARGE / (many / (SMALL * times)));
	return {
		...{ metric: 'fold-growth', value, unit: '× the time an observation takes among 15,369', peer: 'linear' },
		...{ peerValue: 1, ratio: round(1 / value), runs: FOLD_RUNS },
	};
}
