import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { CaseWalk } from '#tests/factories/case-walk.ts';
import { aCalendar, aCase, aFollowUp } from '#tests/factories/cases.ts';
import { aRoster, anId } from '#tests/factories/school.ts';
import { remindersCommand } from './reminders.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'reminders-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(documents: readonly (DomainDocument | string)[], ...options: string[]) {
	const file = join(folder, 'documents.jsonl');
	await writeFile(file, documents.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n'));
	const out: string[] = [];
	const err: string[] = [];
	const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
	const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
	try {
		await remindersCommand().parseAsync([file, ...options], { from: 'user' });
	} finally {
		stdout.mockRestore();
		stderr.mockRestore();
		process.exitCode = undefined;
	}
	return { out: out.join(''), err: err.join('') };
}

const school = () => [...aRoster(), aCalendar(), aCase(1), aFollowUp(1, '2026-11-23')];

async function states(at: string, ...documents: DomainDocument[]) {
	const { out } = await run([...school(), ...documents], '--at', at, '--json');
	return (JSON.parse(out) as { reminders: { state: string; forId: string; step?: string }[] }).reminders;
}

test('lists what can be done now and what is overdue, as of a day', async () => {
	expect(await states('2026-11-20')).toEqual([]);
	expect(await states('2026-11-23')).toMatchObject([{ state: 'now', forId: anId('person', 2) }]);
	expect(await states('2026-11-30')).toMatchObject([{ state: 'overdue', escalatedTo: anId('person', 3) }]);
});

test('a moment counts as the day it is at school: summer time, winter time, just after midnight', async () => {
	expect(await states('2026-11-22T22:59:00Z')).toEqual([]);
	expect(await states('2026-11-22T23:00:00Z')).toHaveLength(1);
	expect(await states('2026-11-23T00:30:00+01:00')).toHaveLength(1);
	expect(await states('2026-11-23T00:30:00+02:00')).toEqual([]);
	const summer = aFollowUp(2, '2027-06-07');
	const inSummer = async (at: string) => (await states(at, summer)).filter(({ state }) => state === 'now');
	expect(await inSummer('2027-06-06T21:59:00Z')).toEqual([]);
	expect(await inSummer('2027-06-06T22:00:00Z')).toHaveLength(1);
});

test('says which day it is, whether it has school, and what comes later when asked', async () => {
	const { out } = await run(school(), '--at', '2026-11-21', '--json', '--all');
	expect(JSON.parse(out)).toMatchObject({
		today: '2026-11-21',
		schoolDay: false,
		reminders: [{ state: 'upcoming', from: '2026-11-23', until: '2026-11-27', protocol: 'fiveB', reason: 'followUp' }],
	});
});

test('steps with a clock are due as well', async () => {
	const walk = new CaseWalk('sixSteps').take('gather', { on: '2026-11-10' });
	const { out } = await run([aCalendar(), walk.subject, ...walk.records], '--at', '2026-11-11', '--json');
	expect(JSON.parse(out)).toMatchObject({ reminders: [{ step: 'talkVictim', reason: 'step', state: 'now' }] });
});

test('a table for people', async () => {
	expect((await run(school(), '--at', '2026-11-23')).out).toContain('2026-11-23  2026-11-27');
	expect((await run(school(), '--at', '2026-11-21')).out).toBe('2026-11-21, a day without school\n\nNothing is due.\n');
});

test('a wrong line, a wrong time and a choice of schools are said, with what to do', async () => {
	expect((await run([...school(), '{"type":"case"}'])).err).toMatch(/line 23: case: /);
	const elsewhere = { ...aCase(2), schoolId: anId('school', 2) };
	expect((await run([...school(), elsewhere])).err).toContain('name one with --school');
	const { out } = await run([...school(), elsewhere], '--school', anId('school', 1), '--at', '2026-11-23', '--json');
	expect(JSON.parse(out)).toMatchObject({ reminders: [{ caseId: anId('case', 1) }] });
	const strict = remindersCommand()
		.exitOverride()
		.configureOutput({ writeErr: () => undefined });
	await expect(strict.parseAsync(['x', '--at', 'soon'], { from: 'user' })).rejects.toThrow('A time looks like');
});

test('of a line that is there twice the last counts', async () => {
	const moved = { ...aFollowUp(1, '2026-12-07'), setAt: '2026-11-10T09:00:00.000Z' as never };
	expect(await states('2026-11-23', moved)).toEqual([]);
	expect((await states('2026-12-07', moved)).map(({ state }) => state)).toEqual(['now']);
});
