import { expect, test } from 'vitest';
import type { Instant } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { isAbout, Look, lookersIn, type LookedAt } from './looks.ts';

const at = (minute: number) => `2026-03-09T12:${String(minute).padStart(2, '0')}:00.000Z` as Instant;

test('who looked last stands first, with how often and whether data was taken along', () => {
	const look = (n: number, minute: number, kind: LookedAt['kind'] = 'page'): LookedAt => ({
		...{ personId: anId('person', n), at: at(minute), kind },
	});
	expect(lookersIn([look(1, 4, 'export'), look(1, 30), look(2, 40), look(1, 20)])).toEqual([
		{ personId: anId('person', 2), times: 1, lastAt: at(40), tookAlong: false },
		{ personId: anId('person', 1), times: 3, lastAt: at(30), tookAlong: true },
	]);
	expect(lookersIn([])).toEqual([]);
});

test('what is about a group or the school is about each child in it', () => {
	const pupil = { id: anId('pupil', 1), groupId: anId('group', 6), schoolId: anId('school', 1) };
	expect([pupil.id, pupil.groupId, pupil.schoolId].map((about) => isAbout(about, pupil))).toEqual([true, true, true]);
	expect([anId('pupil', 2), anId('group', 5)].map((about) => isAbout(about, pupil))).toEqual([false, false]);
});

test('a look names a child, a group or a school, and nothing else', () => {
	const look = { id: '01K00000000000000000000000', at: at(0), kind: 'page' };
	const about = [anId('pupil', 1), anId('group', 1), anId('school', 1)];
	expect(about.every((each) => Look.safeParse({ ...look, about: each }).success)).toBe(true);
	for (const wrong of [anId('person', 1), 'Daan', '', null])
		expect(Look.safeParse({ ...look, about: wrong }).success).toBe(false);
	expect(Look.safeParse({ ...look, about: about[0], note: 'more' }).success).toBe(false);
});
