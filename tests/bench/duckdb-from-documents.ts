import { BEHAVIOUR_IDS, traitsOf } from '../../src/lib/domain/observation/behaviour.ts';
import { BASKETS } from '../../src/lib/domain/observation/basket.ts';
import type { Participant } from '../../src/lib/domain/observation/observation.ts';
import type { BenchFacts } from './bench-facts.ts';
import { loadTable, type ColumnType, type Connection, type DuckDb, type Table } from './duckdb.ts';

/** Plain documents as DuckDB takes them: a table per list, texts as they stand, children found by row number. */
function* tablesOf({ pupils, observations, processings, withdrawals }: BenchFacts): Generator<Table> {
	const text: ColumnType = 'VARCHAR';
	const number: ColumnType = 'INTEGER';
	const flag: ColumnType = 'BOOLEAN';
	yield {
		name: 'observation',
		columns: {
			...{ n: number, id: text, reporter: text, teller: text, occurred: text, place: text },
			...{ outside: flag, digital: flag, victim_group: text, basket: text },
		},
		rows: map(observations, (each, n) => [
			...[n, each.id, each.reporterId ?? null, each.toldBy ?? null, each.occurredAt, each.placeId],
			...[each.outsideSchool, each.digital, each.victimGroupId, each.basket],
		]),
	};
	yield {
		name: 'processing',
		columns: {
			n: number,
			observation: text,
			incident: text,
			outcome: text,
			place: text,
			victim_group: text,
			basket: text,
			function: text,
		},
		rows: map(processings, (each, n) => [
			...[n, each.observationId, each.incidentId, each.outcome, each.placeId, each.victimGroupId, each.basket],
			each.aggressionFunction,
		]),
	};
	for (const [name, documents] of [
		['observation', observations],
		['processing', processings],
	] as const) {
		yield {
			name: `${name}_participant`,
			columns: { n: number, role: text, pupil: text },
			rows: participantsOf(documents),
		};
		yield { name: `${name}_behaviour`, columns: { n: number, behaviour: text }, rows: listOf(documents, 'behaviours') };
	}
	yield {
		name: 'observation_handling',
		columns: { n: number, handling: text },
		rows: listOf(observations, 'handling'),
	};
	yield { name: 'processing_form', columns: { n: number, form: text }, rows: listOf(processings, 'forms') };
	yield {
		name: 'withdrawal',
		columns: { observation: text, by_whom: text },
		rows: map(withdrawals, (each) => [each.observationId, each.withdrawnBy ?? null]),
	};
	yield { name: 'pupil', columns: { id: text, in_group: text }, rows: map(pupils, (each) => [each.id, each.groupId]) };
	yield {
		name: 'behaviour',
		columns: { id: text, form: text, violent: flag },
		rows: map(BEHAVIOUR_IDS, (id) => [id, traitsOf(id).form, traitsOf(id).violent]),
	};
	yield { name: 'basket', columns: { id: text, weight: number }, rows: map(BASKETS, (id, weight) => [id, weight]) };
}

/** The rules of `docs/analysis.md` in SQL: accounts that count, joined into incidents. */
const JOIN_INTO_INCIDENTS = `
CREATE TABLE account AS
SELECT o.n AS o, CASE WHEN p.outcome = 'confirmed' THEN p.n END AS p,
	coalesce(p.incident, 'inc_' || substr(o.id, 5)) AS incident, o.occurred, o.teller, o.digital, o.outside,
	CASE WHEN p.outcome = 'confirmed' THEN p.place ELSE o.place END AS place,
	CASE WHEN p.outcome = 'confirmed' THEN p.victim_group ELSE o.victim_group END AS victim_group,
	CASE WHEN p.outcome = 'confirmed' THEN pb.weight ELSE ob.weight END AS weight,
	CASE WHEN p.outcome = 'confirmed' THEN '0' ELSE '1' END || o.occurred || o.id AS speaks
FROM observation o
JOIN basket ob ON ob.id = o.basket
LEFT JOIN processing p ON p.observation = o.id
LEFT JOIN basket pb ON pb.id = p.basket
WHERE p.outcome IS DISTINCT FROM 'setAside' AND NOT EXISTS (
	SELECT 1 FROM withdrawal w WHERE w.observation = o.id
		AND (w.by_whom = o.reporter OR w.by_whom IS NULL OR o.reporter IS NULL));
CREATE TABLE all_incident AS
SELECT incident, datediff('day', DATE '1970-01-01', CAST(substr(min(occurred), 1, 10) AS DATE)) AS day,
	CAST(substr(min(occurred), 12, 2) AS INTEGER) AS hour, max(weight) AS weight,
	arg_min(place, speaks) FILTER (WHERE place IS NOT NULL) AS place,
	arg_min(victim_group, speaks) FILTER (WHERE victim_group IS NOT NULL) AS victim_group,
	bool_or(digital) AS digital, bool_or(outside) AS outside,
	count(*) AS observations, count(*) FILTER (WHERE p IS NULL) AS unprocessed
FROM account GROUP BY incident;
CREATE TABLE trouble AS SELECT incident, day FROM all_incident WHERE weight > 0;
CREATE TABLE role AS
SELECT DISTINCT t.incident, t.day, x.role, x.pupil FROM (
	SELECT a.incident, op.role, op.pupil FROM account a JOIN observation_participant op ON op.n = a.o WHERE a.p IS NULL
	UNION ALL
	SELECT a.incident, pp.role, pp.pupil FROM account a JOIN processing_participant pp ON pp.n = a.p
) x JOIN trouble t ON t.incident = x.incident;
CREATE TABLE teller AS
SELECT DISTINCT t.incident, t.day, a.teller AS pupil FROM account a JOIN trouble t ON t.incident = a.incident
WHERE a.teller IS NOT NULL;
CREATE TABLE done AS
SELECT DISTINCT t.incident, t.day, x.behaviour FROM (
	SELECT a.incident, ob.behaviour FROM account a JOIN observation_behaviour ob ON ob.n = a.o WHERE a.p IS NULL
	UNION ALL
	SELECT a.incident, pb.behaviour FROM account a JOIN processing_behaviour pb ON pb.n = a.p
) x JOIN trouble t ON t.incident = x.incident;
CREATE TABLE form AS
SELECT DISTINCT t.incident, t.day, x.form FROM (
	SELECT a.incident, b.form FROM account a JOIN observation_behaviour ob ON ob.n = a.o
		JOIN behaviour b ON b.id = ob.behaviour WHERE a.p IS NULL AND b.form IS NOT NULL
	UNION ALL
	SELECT a.incident, pf.form FROM account a JOIN processing_form pf ON pf.n = a.p
) x JOIN trouble t ON t.incident = x.incident;
CREATE TABLE of_group AS
SELECT r.incident, r.day, p.in_group AS grp FROM role r JOIN pupil p ON p.id = r.pupil
UNION
SELECT incident, day, victim_group FROM all_incident WHERE weight > 0 AND victim_group IS NOT NULL;
`;

/** The second half of the figures: how it was handled, why, who told, who to whom, and how it keeps coming back. */
function detailQueries(from: number, until: number): string[] {
	const period = `day BETWEEN ${from} AND ${until}`;
	return [
		`SELECT h.handling, count(DISTINCT t.incident) FROM trouble t JOIN account a ON a.incident = t.incident
			JOIN observation_handling h ON h.n = a.o WHERE ${period} GROUP BY h.handling`,
		`SELECT f, count(*) FROM (
			SELECT t.incident, arg_min(p.function, a.speaks) FILTER (WHERE p.function IS NOT NULL) AS f
			FROM trouble t JOIN account a ON a.incident = t.incident LEFT JOIN processing p ON p.n = a.p
			WHERE ${period} GROUP BY t.incident) GROUP BY f`,
		`SELECT victim_group, count(*) FROM all_incident WHERE weight > 0 AND ${period} GROUP BY victim_group`,
		`SELECT reporter, count(*), max(day) FROM (
			SELECT DISTINCT i.incident, i.day, o.reporter FROM all_incident i JOIN account a ON a.incident = i.incident
			JOIN observation o ON o.n = a.o WHERE ${period}) GROUP BY reporter`,
		`SELECT pupil, count(*), count(DISTINCT (day + 3) // 7), min(day), max(day) FROM role
			WHERE role = 'instigator' AND ${period} GROUP BY pupil`,
		`SELECT d.pupil, s.pupil, count(*), max(d.day) FROM role d JOIN role s ON s.incident = d.incident
			WHERE d.role = 'instigator' AND s.role = 'victim' AND s.pupil <> d.pupil AND d.${period} GROUP BY d.pupil, s.pupil`,
	];
}

/** The same figures from there. */
function queries(from: number, until: number, newFrom: number): string[] {
	const period = `day BETWEEN ${from} AND ${until}`;
	const counter = (table: string, where: string) =>
		`SELECT pupil, count(*) AS n, count(*) FILTER (WHERE day >= ${newFrom}) FROM ${table} WHERE ${period} ${where} GROUP BY pupil`;
	return [
		`SELECT place, hour, count(*) FROM all_incident WHERE weight > 0 AND ${period} GROUP BY place, hour`,
		`SELECT weight, digital, outside, count(*), sum(observations), sum(unprocessed) FROM all_incident WHERE ${period} GROUP BY weight, digital, outside`,
		`SELECT day, count(*) FROM trouble WHERE ${period} GROUP BY day`,
		`SELECT form, count(*) FROM form WHERE ${period} GROUP BY form`,
		`SELECT behaviour, count(*) FROM done WHERE ${period} GROUP BY behaviour`,
		`SELECT count(DISTINCT incident) FROM done JOIN behaviour ON id = behaviour WHERE violent AND ${period}`,
		`SELECT grp, count(*) FROM of_group WHERE ${period} GROUP BY grp`,
		`${counter('role', "AND role = 'instigator'")} ORDER BY n DESC, pupil`,
		counter('role', "AND role = 'victim'"),
		counter('teller', ''),
	];
}

/** From plain documents to figures: load, join, count. Gives the answers, query by query, still inside DuckDB. */
export async function duckDbFromDocuments(
	duck: DuckDb,
	facts: BenchFacts,
	{ from, until, newFrom }: { from: number; until: number; newFrom: number },
	withDetails = false,
): Promise<{ rows(): Promise<unknown[][][]>; close(): void }> {
	const instance = await duck.DuckDBInstance.create(':memory:');
	const connection: Connection = await instance.connect();
	for (const table of tablesOf(facts)) await loadTable(duck, connection, table);
	await connection.run(JOIN_INTO_INCIDENTS);
	const answers: Awaited<ReturnType<Connection['run']>>[] = [];
	const asked = [...queries(from, until, newFrom), ...(withDetails ? detailQueries(from, until) : [])];
	for (const query of asked) answers.push(await connection.run(query));
	return {
		rows: () => Promise.all(answers.map((answer) => answer.getRows())),
		close: () => {
			connection.closeSync();
			instance.closeSync();
		},
	};
}

function* map<T, R>(list: readonly T[], make: (each: T, index: number) => R): Generator<R> {
	for (const [index, each] of list.entries()) yield make(each, index);
}

function* participantsOf(documents: readonly { readonly participants: readonly Participant[] }[]) {
	for (const [n, { participants }] of documents.entries()) {
		for (const each of participants) {
			if (!('pupilId' in each) || (each.role !== 'instigator' && each.role !== 'victim')) continue;
			yield [n, each.role, each.pupilId];
		}
	}
}

function* listOf<K extends string>(documents: readonly Readonly<Record<K, readonly string[]>>[], key: K) {
	for (const [n, document] of documents.entries()) for (const each of document[key]) yield [n, each];
}
