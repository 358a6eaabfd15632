import { expect, test } from 'vitest';
import { analyse } from '#domain/analysis/analyse.ts';
import { indexRoster } from '#domain/school/roster-index.ts';
import type { Group, Pupil } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { anId, anObservation, aRoster } from '#tests/factories/school.ts';
import { groupMatrix } from './group-matrix.ts';

const GROUPS = 24;

/** A pupil in each of many groups; each goes too far in the next group, as often as the number of the group. */
function manyGroups() {
	const documents = aRoster();
	const like = documents.find((doc) => doc.type === 'group') as Group;
	const child = documents.find((doc) => doc.type === 'pupil') as Pupil;
	const numbers = Array.from({ length: GROUPS }, (_, n) => n + 1);
	const groups = numbers.map((n): Group => ({ ...like, id: anId('group', 100 + n), name: `${n}A` }));
	const pupils = numbers.map((n): Pupil => ({ ...child, id: anId('pupil', 100 + n), groupId: anId('group', 100 + n) }));
	const observations = numbers.flatMap((n) =>
		Array.from({ length: n }, (_, time) =>
			anObservation(n * 100 + time, {
				participants: [
					{ role: 'instigator', pupilId: anId('pupil', 100 + n) },
					{ role: 'victim', pupilId: anId('pupil', 100 + (n % GROUPS) + 1) },
				],
			}),
		),
	);
	const facts = { groups, pupils, places: [], observations, withdrawals: [], processings: [] };
	return {
		result: analyse({ ...facts, until: '2026-12-31' as LocalDate }),
		roster: indexRoster({ groups, pupils, places: [] }),
	};
}

test('a large school has as many columns as fit, of those who are there most; the table leaves out nobody', () => {
	const { result, roster } = manyGroups();
	const matrix = groupMatrix(result, roster);
	expect(matrix.columns).toHaveLength(18);
	expect(matrix.columns).toContain('24A');
	expect(matrix.columns).not.toContain('3A');
	expect(matrix.rows.map(({ label }) => label)).toEqual(matrix.columns);
	expect(matrix.summary).toContain('18 groepen');
	expect(matrix.table.rows).toHaveLength(GROUPS);
	expect(matrix.table.rows[0]).toMatchObject({ label: '24A → 1A', cells: ['24'] });
	expect(matrix.list.find(({ label }) => label === '23A')).toMatchObject({ within: 0, others: '24A 23' });
});
