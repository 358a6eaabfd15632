import { expect, test } from 'vitest';
import { idOf } from '#domain/id.ts';
import { indexRoster } from './roster-index.ts';
import type { Group, Pupil } from './roster.ts';

const SCHOOL = idOf('school', '01J8Z0000000000000000000AA');
const GROUP: Group = {
	type: 'group',
	v: 1,
	id: idOf('group', '01J8Z0000000000000000000AA'),
	schoolId: SCHOOL,
	siteId: idOf('site', '01J8Z0000000000000000000AA'),
	name: '6A',
	yearGroups: [6],
};

function pupil(n: number, firstName: string, lastName: string): Pupil {
	return {
		type: 'pupil',
		v: 1,
		id: idOf('pupil', `01J8Z00000000000000000000${n}`),
		schoolId: SCHOOL,
		groupId: GROUP.id,
		firstName,
		lastName,
	};
}

test('two of the same first name in a group are told apart by as little of the last name as it takes', () => {
	const [a, b, c] = [pupil(1, 'Noor', 'Bakker'), pupil(2, 'Noor', 'Boersma'), pupil(3, 'Sem', 'Bakker')];
	const index = indexRoster({ groups: [GROUP], pupils: [a, b, c], places: [] });
	expect([a, b, c].map((each) => index.shortName(each.id))).toEqual(['Noor Ba.', 'Noor Bo.', 'Sem']);
	expect(index.nameWithGroup(c.id)).toBe('Sem (6A)');
});
