import { expect, test } from 'vitest';
import { idOf } from '#domain/id.ts';
import type { Session } from '#domain/session.ts';
import { Instant } from '#domain/time/local-time.ts';
import { Case, type CasePupil } from './case.ts';
import { casePupilsOf, openCase } from './open-case.ts';

const ulid = (number: number) => String(number).padStart(26, '0');
const noor = idOf('pupil', ulid(1));
const daan = idOf('pupil', ulid(2));
const teacher: Session = {
	personId: idOf('person', ulid(1)),
	schoolId: idOf('school', ulid(1)),
	schoolName: 'De Watertoren',
	name: 'Youssef',
	roles: ['teacher'],
	groupIds: [],
};
const plan = (pupils: CasePupil[]) => ({
	id: idOf('case', ulid(1)),
	pupils,
	incidentIds: [],
	memberIds: [],
	at: Instant.parse('2026-11-21T10:00:00Z'),
});

test('who opens a case works on it, and a child in both roles is in it as the victim', () => {
	const opened = openCase(
		plan([
			{ pupilId: noor, role: 'instigator' },
			{ pupilId: daan, role: 'instigator' },
			{ pupilId: noor, role: 'victim' },
		]),
		teacher,
		() => true,
	);
	expect(opened).toMatchObject({
		ok: true,
		value: {
			memberIds: [teacher.personId],
			pupils: [
				{ pupilId: noor, role: 'victim' },
				{ pupilId: daan, role: 'instigator' },
			],
		},
	});
	if (opened.ok) expect(Case.safeParse(opened.value).success).toBe(true);
});

test('a case is about somebody, and for a teacher about a child of an own group', () => {
	const about: CasePupil[] = [{ pupilId: daan, role: 'victim' }];
	expect(openCase(plan([]), teacher, () => true)).toEqual({ ok: false, error: { kind: 'nobody' } });
	expect(openCase(plan(about), teacher, () => false)).toEqual({ ok: false, error: { kind: 'noneOfYours' } });
	expect(openCase(plan(about), { ...teacher, roles: ['coordinator'] }, () => false).ok).toBe(true);
});

test('from an incident come the victim and who went too far; who stood by and who has no name do not', () => {
	expect(
		casePupilsOf({
			participants: [
				{ role: 'instigator', pupilId: daan },
				{ role: 'victim', pupilId: noor },
				{ role: 'bystander', pupilId: idOf('pupil', ulid(3)) },
				{ role: 'instigator', description: 'jongen met rode jas' },
			],
		}),
	).toEqual([
		{ pupilId: noor, role: 'victim' },
		{ pupilId: daan, role: 'instigator' },
	]);
});
