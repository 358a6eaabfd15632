import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import type { DomainDocument, DocumentOf, DocumentType } from '#domain/document.ts';
import { factSheet, type FactSheetCell, type FactSheetColumn } from '#domain/fact-sheet/fact-sheet.ts';
import { keyFiguresOn, type KeyFigures } from '#domain/fact-sheet/key-figures.ts';
import { idOf, ulidOf, type PersonId, type SchoolId } from '#domain/id.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { localDate } from './demo.ts';
import { readDocuments } from './read-documents.ts';

interface Options {
	readonly on: readonly LocalDate[];
	readonly json?: true;
}

/** `cli fact-sheet`: the fact sheet of a school, and the key figures of several together (M5-15), without a server. */
export function factSheetCommand(): Command {
	return new Command('fact-sheet')
		.description('Make the fact sheet of a file of documents, one a line (JSONL); docs/fact-sheet.md explains it.')
		.argument('<file>', 'the file, or - for standard input')
		.option(
			'--on <date>',
			'a day to count every school of the file on, beside the key figures it holds; may be given again',
			(text: string, before: readonly LocalDate[]) => [...before, localDate(text)],
			[],
		)
		.option('--json', 'one line of JSON instead of a table')
		.action(async (file: string, options: Options) => {
			const problem = await makeFactSheet(file, options);
			if (problem === null) return;
			process.stderr.write(`${problem}\n`);
			process.exitCode = 1;
		});
}

/** Writes the fact sheet, or gives back why it cannot be made. */
async function makeFactSheet(file: string, { on, json }: Options): Promise<string | null> {
	const name = file === '-' ? 'standard input' : file;
	const documents = new Map<string, DomainDocument>();
	try {
		for await (const line of readDocuments(file === '-' ? process.stdin : createReadStream(file))) {
			if (!line.ok) return `${name}, line ${line.error.line}: ${line.error.problem}`;
			documents.set(line.value.id, line.value);
		}
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error)) throw error;
		return `Cannot read ${name}: ${error.message}`;
	}
	const snapshots = [...all(documents, 'keyFigures'), ...on.flatMap((day) => countedOn(documents, day))];
	if (snapshots.length === 0) return `${name} holds no key figures: give a day to count on with --on`;
	const columns = factSheet(snapshots);
	process.stdout.write(json ? `${JSON.stringify({ v: 1, columns })}\n` : tableOf(columns));
	return null;
}

function all<T extends DocumentType>(documents: ReadonlyMap<string, DomainDocument>, type: T): DocumentOf<T>[] {
	return [...documents.values()].filter((doc): doc is DocumentOf<T> => doc.type === type);
}

/** What was counted for this answer comes after every snapshot that was kept. */
const COUNTED_AT = '9999-12-31T23:59:59Z' as Instant;

function countedOn(documents: ReadonlyMap<string, DomainDocument>, on: LocalDate): KeyFigures[] {
	const of = <T extends DocumentType>(type: T, schoolId: SchoolId) =>
		all(documents, type).filter((doc) => 'schoolId' in doc && doc.schoolId === schoolId);
	return all(documents, 'school').map(({ id }) => ({
		...{ type: 'keyFigures', v: 1, id: idOf('keyFigures', ulidOf(id)), schoolId: id, on },
		...keyFiguresOn(
			{
				pupils: of('pupil', id),
				persons: of('person', id),
				observations: of('observation', id),
				withdrawals: of('withdrawal', id),
				decisions: of('statusDecision', id),
			},
			on,
		),
		...{ madeBy: idOf('person', ulidOf(id)) satisfies PersonId, madeAt: COUNTED_AT },
	}));
}

/** A row a figure, a column a day, as schools print it. */
function tableOf(columns: readonly FactSheetColumn[]): string {
	const percent = (value: number | null) => (value === null ? '' : ` (${value} %)`);
	const boys = (of: (column: FactSheetColumn) => FactSheetCell | null) => (column: FactSheetColumn) => {
		const cell = of(column);
		return cell ? `${cell.boys}${percent(cell.boysPercent)}` : '–';
	};
	const girls = (of: (column: FactSheetColumn) => FactSheetCell | null) => (column: FactSheetColumn) => {
		const cell = of(column);
		return cell ? `${cell.girls}${percent(cell.girlsPercent)}` : '–';
	};
	const count = (value: number) => (value === 0 ? '–' : String(value));
	const rows: [string, (column: FactSheetColumn) => string][] = [
		['', ({ on }) => on],
		['schools', ({ schools }) => String(schools)],
		['users', ({ users }) => count(users)],
		['pupils', ({ pupils }) => count(pupils)],
		['observations', ({ observations }) => String(observations)],
		['instigators (A0, A1, A2)', ({ instigators }) => String(instigators.total)],
		['  boys', boys(({ instigators }) => instigators)],
		['  girls', girls(({ instigators }) => instigators)],
		['  of the pupils', ({ involvedPercent }) => (involvedPercent === null ? '–' : `${involvedPercent} %`)],
		['stopped (N, N+)', ({ stopped }) => String(stopped.total)],
		['  boys', boys(({ stopped }) => stopped)],
		['  girls', girls(({ stopped }) => stopped)],
		['victims (S1, S2)', ({ victims }) => String(victims.total)],
		['  boys', boys(({ victims }) => victims)],
		['  girls', girls(({ victims }) => victims)],
		['victims no more (SN)', ({ victimsNoMore }) => String(victimsNoMore?.total ?? '–')],
	];
	const cells = rows.map(([title, of]) => [title, ...columns.map(of)]);
	const widths = [0, ...columns.map((_, index) => index + 1)].map((column) =>
		Math.max(...cells.map((row) => row[column]?.length ?? 0)),
	);
	return cells
		.map((row) =>
			row
				.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
				.join('  ')
				.trimEnd(),
		)
		.join('\n')
		.concat('\n');
}
