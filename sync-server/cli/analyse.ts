import { createReadStream } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { analyseColumns } from '#domain/analysis/analyse.ts';
import { collectColumns } from '#domain/analysis/columns.ts';
import { precisionSentence } from '#domain/analysis/precision-sentence.ts';
import { latestDay } from '#domain/analysis/question.ts';
import type { Question, StructuralRule } from '#domain/analysis/result.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { Group, Place, Pupil, Site } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { analysisTable } from './analysis-table.ts';
import { localDate } from './demo.ts';
import { readDocuments } from './read-documents.ts';

interface Options {
	readonly until?: LocalDate;
	readonly from?: LocalDate;
	readonly since?: LocalDate;
	readonly group?: string;
	readonly site?: string;
	readonly pupil?: string;
	readonly structural?: StructuralRule;
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
		.option('--site <site>', 'only incidents of this site: its id, or its name')
		.option('--pupil <id>', 'only incidents in which this pupil is instigator or victim')
		.option('--structural <rule>', 'when a pupil counts as structural: incidents,weeks,victims', structuralRule)
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
	const sites = new Array<Site>();
	const name = file === '-' ? 'standard input' : file;
	try {
		for await (const line of readDocuments(file === '-' ? process.stdin : createReadStream(file))) {
			if (!line.ok) return `${name}, line ${line.error.line}: ${line.error.problem}`;
			const doc = line.value;
			collector.add(doc);
			if (doc.type === 'pupil') roster.pupils.push(doc);
			else if (doc.type === 'group') roster.groups.push(doc);
			else if (doc.type === 'place') roster.places.push(doc);
			else if (doc.type === 'site') sites.push(doc);
		}
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error)) throw error;
		return `Cannot read ${name}: ${error.message}`;
	}

	const columns = collector.columns();
	const until = options.until ?? latestDay(columns);
	if (until === null) return `${name} holds no incident, so there is no last day: give one with --until`;
	const group = named(roster.groups, options.group, 'group', name);
	if (!group.ok) return group.error;
	const site = named(sites, options.site, 'site', name);
	if (!site.ok) return site.error;
	const pupil = roster.pupils.find(({ id }) => id === options.pupil);
	if (options.pupil !== undefined && !pupil) return `There is no pupil "${options.pupil}" in ${name}`;

	const question: Question = {
		until,
		...(options.from !== undefined && { from: options.from }),
		...(options.since !== undefined && { since: options.since }),
		...(group.value && { groupId: group.value.id }),
		...(site.value && { siteId: site.value.id }),
		...(pupil && { pupilId: pupil.id }),
		...(options.structural && { structuralRule: options.structural }),
	};
	const result = analyseColumns(columns, question);
	const placeName = roster.places.find(({ id }) => id === result.precision?.placeId)?.name ?? '?';
	const precisionSentences = {
		nl: precisionSentence(result.precision, placeName, 'nl'),
		en: precisionSentence(result.precision, placeName, 'en'),
	};
	process.stdout.write(
		options.json
			? `${JSON.stringify({ ...result, precisionSentences })}\n`
			: `${analysisTable(result, roster)}\n${precisionSentences.en}\n`,
	);
	return null;
}

/** The one that is meant by an id or a name; `undefined` when none was asked for. */
function named<D extends { readonly id: string; readonly name: string }>(
	all: readonly D[],
	wanted: string | undefined,
	what: string,
	file: string,
): Result<D | undefined, string> {
	if (wanted === undefined) return ok(undefined);
	const found = [...new Map(all.map((each) => [each.id, each])).values()].filter(
		({ id, name }) => id === wanted || name === wanted,
	);
	if (found.length > 1) return refuse(`Several ${what}s are called "${wanted}" in ${file}: give an id`);
	return found[0] ? ok(found[0]) : refuse(`There is no ${what} "${wanted}" in ${file}`);
}

function structuralRule(text: string): StructuralRule {
	const [incidents, weeks, victims, ...more] = text.split(',').map(Number);
	const isCount = (value: number | undefined): value is number => Number.isInteger(value) && Number(value) >= 0;
	if (!isCount(incidents) || !isCount(weeks) || !isCount(victims) || more.length > 0) {
		throw new InvalidArgumentError('It must be three whole numbers such as 4,3,1: incidents, weeks, victims.');
	}
	return { incidents, weeks, victims };
}
