import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { analyse, type AnalysisFacts, type AnalysisResult } from '#domain/analysis/analyse.ts';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { DEMO_TODAY, makeDemoSchool } from '#server/demo/make-school.ts';
import { analyseCommand } from './analyse.ts';

const documents = [...makeDemoSchool({ pupils: 60, observations: 200, seed: 7, today: DEMO_TODAY })].map(
	({ doc }) => doc,
);
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pleinwacht-analyse-'));
});

afterEach(async () => {
	vi.restoreAllMocks();
	process.exitCode = undefined;
	await rm(folder, { recursive: true });
});

async function run(lines: readonly string[], ...options: string[]) {
	const file = join(folder, 'school.jsonl');
	await writeFile(file, lines.join('\n'));
	let [out, err] = ['', ''];
	vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
	vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
	await analyseCommand().parseAsync([file, ...options], { from: 'user' });
	return { out, err, exitCode: process.exitCode };
}

const all = <T extends DocumentType>(type: T) =>
	documents.filter((doc: DomainDocument): doc is DocumentOf<T> => doc.type === type);
const facts: AnalysisFacts = {
	groups: all('group'),
	pupils: all('pupil'),
	places: all('place'),
	observations: all('observation'),
	withdrawals: all('withdrawal'),
	processings: all('processing'),
	persons: all('person'),
	calendars: all('calendar'),
	schools: all('school'),
};

test('a file gives what the same documents give in memory, up to the day of the latest incident', async () => {
	const { out, err } = await run(
		documents.map((doc) => JSON.stringify(doc)),
		'--json',
		'--since',
		'2026-09-01',
	);
	const { precisionSentences, ...result } = JSON.parse(out) as AnalysisResult & { precisionSentences: unknown };
	expect(precisionSentences).toEqual({ nl: expect.any(String) as string, en: expect.any(String) as string });
	expect(err).toBe('');
	expect(result.period.until).toBe('2026-11-19');
	expect(result).toEqual(analyse({ ...facts, until: '2026-11-19' as LocalDate, since: '2026-09-01' as LocalDate }));
});

test('people get tables, with names where the file has them', async () => {
	const { out } = await run(
		documents.map((doc) => JSON.stringify(doc)),
		'--group',
		'6A',
	);
	expect(out).toContain('up to and including 2026-11-19, 6A');
	expect(out).toMatch(/^Schoolplein +\d+ +\d+\.\d %$/m);
});

test('a wrong file is refused with the line that is wrong', async () => {
	const lines = documents.map((doc) => JSON.stringify(doc));
	const { out, err, exitCode } = await run([...lines.slice(0, 5), '{"type":"report"}', ...lines.slice(5)], '--json');
	expect(out).toBe('');
	expect(err).toMatch(/school\.jsonl, line 6: unknown type "report"\n$/);
	expect(exitCode).toBe(1);
});

test('without incidents there is no last day, so it has to be given', async () => {
	expect((await run([])).exitCode).toBe(1);
	process.exitCode = undefined;
	const { out, exitCode } = await run([], '--json', '--until', '2026-11-19');
	expect((JSON.parse(out) as AnalysisResult).counts.incidents).toBe(0);
	expect(exitCode).toBeUndefined();
});

test('a site by its name, a pupil by id, and a rule of the school’s own', async () => {
	const lines = documents.map((doc) => JSON.stringify(doc));
	const [site] = all('site');
	const [pupil] = all('pupil');
	if (!site || !pupil) throw new Error('The demo school has sites and pupils');
	const { out } = await run(lines, '--json', '--site', site.name, '--pupil', pupil.id, '--structural', '2,1,0');
	const result = JSON.parse(out) as AnalysisResult;
	expect(result.period).toMatchObject({ siteId: site.id, pupilId: pupil.id });
	expect(result.structural.rule).toEqual({ incidents: 2, weeks: 1, victims: 0 });
	expect((await run(lines, '--site', 'Elders')).err).toMatch(/^There is no site "Elders" in /);
	expect((await run(lines, '--pupil', 'pup_1')).err).toMatch(/^There is no pupil "pup_1" in /);
});
