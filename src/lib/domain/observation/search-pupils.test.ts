import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aPupil } from '#tests/factories/school.ts';
import { fold, prefixDistance, recentFirst, searchPupils } from './search-pupils.ts';

const names = ['Daan', 'Noor', 'Zoë', 'Noortje', 'Mohammed', 'Şeyma', 'Łukasz', 'Daantje'];
const pupils = [
	...names.map((name, index) => aPupil(index + 1, name)),
	{ ...aPupil(20, 'Fleur'), prefix: 'van der', lastName: 'Noordeloos' },
	{ ...aPupil(21, 'Noor', 8), lastName: 'Bakker' },
];
const found = (query: string, options = {}) => searchPupils(pupils, query, options).map((pupil) => pupil.firstName);

test('forgives case and accents', () => {
	expect(found('ZOE')).toEqual(['Zoë']);
	expect(found('seyma')).toEqual(['Şeyma']);
	expect(found('lukasz')).toEqual(['Łukasz']);
});

test('forgives typos: one letter in a short name, two in a long one', () => {
	expect(found('dann')).toContain('Daan');
	expect(found('mohamed')).toEqual(['Mohammed']);
	expect(found('mohaammde')).toEqual(['Mohammed']);
	expect(found('xq')).toEqual([]);
});

test('a first name as typed stands before a longer one, a last name and a typo', () => {
	expect(found('noor')).toEqual(['Noor', 'Noor', 'Noortje', 'Fleur']);
});

test('the group may be typed too, and every word counts', () => {
	const groupName = (pupil: { groupId: string }) => (pupil.groupId.endsWith('8') ? '8B' : '6A');
	expect(searchPupils(pupils, 'noor 8b', { groupName }).map((pupil) => pupil.lastName)).toEqual(['Bakker']);
	expect(found('fleur bakker')).toEqual([]);
});

test('who was chosen lately stands first among equals', () => {
	const recent = [pupils[9]?.id ?? ''];
	expect(searchPupils(pupils, 'noor', { recent })[0]?.lastName).toBe('Bakker');
});

test('who left is not found', () => {
	const left = [{ ...aPupil(1, 'Daan'), leftOn: '2026-01-01' as never }];
	expect(searchPupils(left, 'daan')).toEqual([]);
});

test('recent pupils stand in front, nobody twice, nobody lost', () => {
	const ids = pupils.map((pupil) => pupil.id);
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...ids, 'pup_gone')), fc.integer({ min: 0, max: 5 }), (recent, front) => {
			const ordered = recentFirst(pupils, [...new Set(recent)], front);
			expect(ordered.map((pupil) => pupil.id).sort()).toEqual([...ids].sort());
		}),
	);
});

test('any beginning of a name finds its pupil, with or without accents', () => {
	fc.assert(
		fc.property(fc.constantFrom(...pupils), fc.integer({ min: 1, max: 10 }), fc.boolean(), (pupil, length, folded) => {
			const start = pupil.firstName.slice(0, length);
			expect(searchPupils(pupils, folded ? fold(start) : start, { limit: 99 })).toContain(pupil);
		}),
	);
});

test('one slip of the finger in a name of three letters or more still finds it', () => {
	const longer = pupils.filter((pupil) => pupil.firstName.length >= 4);
	fc.assert(
		fc.property(fc.constantFrom(...longer), fc.nat(), fc.constantFrom('q', 'x', ''), (pupil, seed, letter) => {
			const name = fold(pupil.firstName);
			const place = seed % name.length;
			const typed = name.slice(0, place) + letter + name.slice(place + 1);
			if (typed.length >= 3) expect(searchPupils(pupils, typed, { limit: 99 })).toContain(pupil);
		}),
	);
});

test('the distance to a beginning counts letters added, left out, changed and swapped', () => {
	expect(prefixDistance('daa', 'daan', 0)).toBe(0);
	expect(prefixDistance('dana', 'daan', 2)).toBe(1);
	expect(prefixDistance('dxan', 'daan', 2)).toBe(1);
	expect(prefixDistance('moh', 'daan', 2)).toBeNull();
	expect(prefixDistance('x', 'daan', 0)).toBeNull();
});
