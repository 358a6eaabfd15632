import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NonContract } from '#domain/cases/non-contract.ts';
import type { StepInvitation } from '#domain/cases/step-invitation.ts';
import type { Consent, StepRecord } from '#domain/cases/step-record.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { aCase, aCaseEntry, aFollowUp, anOutcome } from '#tests/factories/cases.ts';
import { anId, aRoster } from '#tests/factories/school.ts';
import { startSchool, type Agent } from './running-school.ts';

const AT = '2026-03-09T10:00:00.000Z' as Instant;
const PART = ['case', 'caseEntry', 'followUp', 'followUpOutcome', 'caseVerdict', 'consent', 'stepRecord'] as const;

/** Person 1, a supervisor who does not work on case 1, is asked to watch pupil 2 in the step `gather`. */
const anInvitation = (n: number, over: Partial<StepInvitation> = {}): StepInvitation => ({
	...{ type: 'stepInvitation', v: 1, id: anId('stepInvitation', n), schoolId: anId('school', 1) },
	...{ caseId: anId('case', 1), turn: 1, protocol: 'sixSteps', step: 'gather', personId: anId('person', 1) },
	...{ pupilIds: [anId('pupil', 2)], text: 'Wil je deze week op Noor letten?' },
	...{ invitedBy: anId('person', 2), invitedAt: AT, ...over },
});
const aRecord = (n: number, by: number, over: Partial<StepRecord> = {}): StepRecord => ({
	...{ type: 'stepRecord', v: 1, id: anId('stepRecord', n), schoolId: anId('school', 1), caseId: anId('case', 1) },
	...{ turn: 1, step: 'gather', result: 'done', on: '2026-03-09' as LocalDate, note: 'Gezien.' },
	...{ recordedBy: anId('person', by), recordedAt: AT, ...over },
});
const aConsent: Consent = {
	...{ type: 'consent', v: 1, id: anId('consent', 1), schoolId: anId('school', 1), caseId: anId('case', 1) },
	...{ consent: 'plan', given: 'yes', on: '2026-03-09' as LocalDate, recordedBy: anId('person', 2), recordedAt: AT },
};

let server: Awaited<ReturnType<typeof startSchool>>;
let supervisor: Agent;
let teacher: Agent;

beforeEach(async () => {
	server = await startSchool([
		...aRoster(),
		aCase(1, { protocol: 'sixSteps' }),
		aCaseEntry(1),
		aFollowUp(1, '2026-03-20'),
		anOutcome(1, { kind: 'done', stopped: 'no' }),
		aRecord(1, 2),
		aConsent,
	]);
	[supervisor, teacher] = (await Promise.all([1, 2].map((n) => server.signIn(n)))) as [Agent, Agent];
});
afterEach(() => server.stop());

const kind = async (agent: Agent, doc: DomainDocument) => (await agent.push([agent.item(doc)]))[0]?.result.kind;

test('who is asked for one step gets the question and the own answer, and nothing else of the case', async () => {
	expect(await kind(teacher, anInvitation(1))).toBe('stored');
	await supervisor.pull();
	expect(supervisor.ofType('stepInvitation')).toEqual([anInvitation(1)]);
	for (const type of PART) expect(supervisor.ofType(type)).toEqual([]);
	expect(await kind(supervisor, aRecord(2, 1))).toBe('stored');
	await supervisor.pull();
	expect(supervisor.ofType('stepRecord').map(({ id }) => id)).toEqual([anId('stepRecord', 2)]);
	expect(JSON.stringify([...supervisor.held.values()])).not.toContain('Mag niet meedoen');
	await teacher.pull();
	expect(teacher.ofType('stepRecord').map(({ id }) => id as string)).toContain(anId('stepRecord', 2));
});

test('an invitation opens that step for that person, and no other step, person, case or kind of fact', async () => {
	expect(await kind(supervisor, aRecord(2, 1))).toBe('rejected');
	await kind(teacher, anInvitation(1));
	expect(await kind(supervisor, aRecord(3, 1, { step: 'talkVictim' }))).toBe('rejected');
	expect(await kind(supervisor, aRecord(4, 2))).toBe('rejected');
	expect(await kind(supervisor, aRecord(5, 1, { caseId: anId('case', 2) }))).toBe('rejected');
	expect(await kind(supervisor, aCaseEntry(2, { step: 'gather', writtenBy: anId('person', 1) }))).toBe('rejected');
});

test('nobody invites into a case they do not work on, nor oneself, nor in another name', async () => {
	const own = { personId: anId('person', 1), invitedBy: anId('person', 1) };
	expect(await kind(supervisor, anInvitation(1, own))).toBe('rejected');
	expect(await kind(supervisor, anInvitation(2))).toBe('rejected');
	await supervisor.pull();
	expect(supervisor.ofType('stepInvitation')).toEqual([]);
});

test('an invitation into a restricted case is read by its members and who was asked, not by a coordinator', async () => {
	const restricted = aCase(3, { protocol: 'reportingCode' });
	const [openedBy] = restricted.memberIds;
	expect(await kind(teacher, { ...restricted, openedBy: openedBy ?? restricted.openedBy })).toBe('stored');
	expect(await kind(teacher, anInvitation(3, { caseId: restricted.id, protocol: 'reportingCode' }))).toBe('stored');
	const coordinator = await server.signIn(3);
	await Promise.all([supervisor.pull(), coordinator.pull()]);
	expect(supervisor.ofType('stepInvitation')).toHaveLength(1);
	expect(coordinator.ofType('stepInvitation')).toEqual([]);
});

test('of a non-contract only who signed changes, and who is asked for one step does not read it', async () => {
	const contract: NonContract = {
		...{ type: 'nonContract', v: 1, id: anId('nonContract', 1), schoolId: anId('school', 1), turn: 1, signed: [] },
		...{ caseId: anId('case', 1), pupilId: anId('pupil', 1), behaviour: 'Uitschelden', instead: 'Weglopen' },
		...{ evaluateOn: '2026-03-23' as LocalDate, writtenBy: anId('person', 2), writtenAt: AT },
	};
	expect(await kind(teacher, contract)).toBe('stored');
	await kind(teacher, anInvitation(1));
	await Promise.all([teacher.pull(), supervisor.pull()]);
	expect(supervisor.ofType('nonContract')).toEqual([]);
	const revise = async (next: NonContract) => {
		const baseRev = teacher.held.get(contract.id)?.rev ?? null;
		const [receipt] = await teacher.push([teacher.item(next, { baseRev })]);
		await teacher.pull();
		return receipt?.result.kind;
	};
	expect(await revise({ ...contract, instead: 'Iets anders' })).toBe('rejected');
	expect(await revise({ ...contract, signed: [{ who: 'pupil', on: '2026-03-09' as LocalDate }] })).toBe('stored');
});
