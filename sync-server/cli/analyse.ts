import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import { analyseColumns, latestDay } from '#domain/analysis/analyse.ts';
import { collectColumns } from '#domain/analysis/columns.ts';
import type { Question } from '#domain/analysis/result.ts';
import type { Group, Place, Pupil } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { analysisTable } from './analysis-table.ts';
import { localDate } from './demo.ts';
import { readDocuments } from './read-documents.ts';

interface Options {
	readonly until?: LocalDate;
	readonly from?: LocalDate;
	readonly since?: LocalDate;
	readonly group?: string;
	readonly json?: true;
}

/** `cli analyse`: the analysis of any file of documents, without a server. */
export function analyseCommand(): Command {
	return new Command('analyse')
		.description('Analyse a file of documents, one a line (JSONL); docs/analysis.md explains every figure.')
		.argument('<file>', 'the file, or - for standard input')
		.option('--until <date>', 'last day that counts (default: the day of the latest incident)', localDate)
		.option('--from <date>', 'first day of the period (default: 365 days up to the last)', localDate)
		.option('--since <date>', 'count what came after this day as change', localDate)
		.option('--group <group>', 'only incidents of this group: its id, or its name')
		.option('--json', 'one line of JSON instead of tables')
		.action(async (file: string, options: Options) => {
			const problem = await analyseFile(file, options);
			if (problem === null) return;
			process.stderr.write(`${problem}\n`);
			process.exitCode = 1;
		});
}

/** Writes the analysis, or gives back why it cannot be made. */
async function analyseFile(file: string, options: Options): Promise<string | null> {
	const collector = collectColumns();
	const roster = { pupils: new Array<Pupil>(), groups: new Array<Group>(), places: new Array<Place>() };
	const name = file === '-' ? 'standard input' : file;
	try {
		for await (const line of readDocuments(file === '-' ? process.stdin : createReadStream(file))) {
			if (!line.ok) return `${name}, line ${line.error.line}: ${line.error.problem}`;
			const doc = line.value;
			collector.add(doc);
			if (doc.type === 'pupil') roster.pupils.push(doc);
			else if (doc.type === 'group') roster.groups.push(doc);
			else if (doc.type === 'place') roster.places.push(doc);
		}
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error)) throw error;
		return `Cannot read ${name}: ${error.message}`;
	}

	const columns = collector.columns();
	const until = options.until ?? latestDay(columns);
	if (until === null) return `${name} holds no incident, so there is no last day: give one with --until`;
	const groups = roster.groups.filter(({ id, name }) => id === options.group || name === options.group);
	const [group, another] = groups;
	if (options.group !== undefined && !group) return `There is no group "${options.group}" in ${name}`;
	if (another) return `Several groups are called "${options.group}" in ${name}: give an id`;

	const question: Question = {
		until,
		...(options.from !== undefined && { from: options.from }),
		...(options.since !== undefined && { since: options.since }),
		...(group && { groupId: group.id }),
	};
	const result = analyseColumns(columns, question);
	process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : analysisTable(result, roster));
	return null;
}
