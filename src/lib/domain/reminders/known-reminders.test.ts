import { expect, test } from 'vitest';
import type { FollowUp, FollowUpOutcome } from '#domain/cases/case.ts';
import { idOf } from '#domain/id.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';
import { knownReminders } from './known-reminders.ts';
import { planReminders } from './plan-reminders.ts';

const ulid = (number: number) => String(number).padStart(26, '0');
const schoolId = idOf('school', ulid(1));
const owner = idOf('person', ulid(1));
const followUp = (number: number): FollowUp => ({
	type: 'followUp',
	v: 1,
	id: idOf('followUp', ulid(number)),
	schoolId,
	caseId: idOf('case', ulid(1)),
	turn: 1,
	about: { pupilId: idOf('pupil', ulid(1)), role: 'victim' },
	plannedOn: LocalDate.parse('2026-11-23'),
	ownerId: owner,
	setBy: owner,
	setAt: Instant.parse('2026-11-09T10:00:00Z'),
});
const facts = { cases: [], followUps: [], outcomes: [], verdicts: [], calendars: [] };

test('what was done on this device is no longer due here, though the server does not know yet', () => {
	const outcomes: FollowUpOutcome[] = [
		{
			type: 'followUpOutcome',
			v: 1,
			id: idOf('followUpOutcome', ulid(1)),
			schoolId,
			caseId: idOf('case', ulid(1)),
			followUpId: idOf('followUp', ulid(1)),
			outcome: { kind: 'done', stopped: 'yes' },
			recordedBy: owner,
			recordedAt: Instant.parse('2026-11-23T10:00:00Z'),
		},
	];
	const fromServer = planReminders({ ...facts, followUps: [followUp(1)] });
	const known = knownReminders({ ...facts, followUps: [followUp(1)], outcomes }, fromServer);
	expect(known.map(({ resolved }) => resolved)).toEqual([true]);
});

test("a follow-up set here is due before the server heard of it, and the server's stands beside it", () => {
	const fromServer = planReminders({ ...facts, followUps: [followUp(2)] });
	const known = knownReminders({ ...facts, followUps: [followUp(1)] }, fromServer);
	expect(known.map(({ followUpId }) => followUpId).sort()).toEqual([followUp(1).id, followUp(2).id]);
});
