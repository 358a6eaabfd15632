import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dutchClosures } from '#domain/calendar/dutch-holidays.ts';
import { isSchoolDay, schoolDaysOf } from '#domain/calendar/school-days.ts';
import { idOf } from '#domain/id.ts';
import { addDays, dateOfDayNumber, LocalDate } from '#domain/time/local-time.ts';
import type { CasePupil } from './case.ts';
import { proposeFollowUps } from './propose-follow-ups.ts';

const ulid = (number: number) => String(number).padStart(26, '0');
const victim: CasePupil = { pupilId: idOf('pupil', ulid(1)), role: 'victim' };
const instigator: CasePupil = { pupilId: idOf('pupil', ulid(2)), role: 'instigator' };
const ownerId = idOf('person', ulid(1));
const days = schoolDaysOf([
	{
		type: 'calendar',
		v: 1,
		id: idOf('calendar', ulid(1)),
		schoolId: idOf('school', ulid(1)),
		from: LocalDate.parse('2026-08-01'),
		until: LocalDate.parse('2027-07-31'),
		closures: dutchClosures('middle', '2026-2027'),
		dayParts: [],
		rounds: [],
	},
]);

test('one look back after two weeks and one after eight, both with the victim', () => {
	const today = LocalDate.parse('2026-11-09');
	expect(proposeFollowUps({ pupils: [instigator, victim] }, { today, days, ownerId })).toEqual([
		{ reason: 'twoWeeks', about: victim, plannedOn: '2026-11-23', ownerId },
		{ reason: 'eightWeeks', about: victim, plannedOn: '2027-01-04', ownerId },
	]);
});

test('without a victim the look back is with who went too far', () => {
	const today = LocalDate.parse('2026-11-09');
	const proposed = proposeFollowUps({ pupils: [instigator] }, { today, days, ownerId });
	expect(proposed.map(({ about }) => about)).toEqual([instigator, instigator]);
});

test('whatever the day, both are school days, not before the day meant and in order', () => {
	fc.assert(
		fc.property(fc.integer({ min: 20_600, max: 20_900 }).map(dateOfDayNumber), (today) => {
			const [soon, late] = proposeFollowUps({ pupils: [victim] }, { today, days, ownerId });
			for (const each of [soon, late]) expect(each && isSchoolDay(days, each.plannedOn)).toBe(true);
			expect(soon && soon.plannedOn >= addDays(today, 14)).toBe(true);
			expect(late && late.plannedOn >= addDays(today, 56)).toBe(true);
		}),
	);
});
