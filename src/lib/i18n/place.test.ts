import { expect, test } from 'vitest';
import type { PlaceKind } from '#domain/school/roster.ts';
import { overwriteGetLocale } from './generated/runtime.js';
import { placeName, placePhrase } from './place.ts';

type Row = [name: string, kind: PlaceKind, nl: string, en: string];
const rows: Row[] = [
	['Schoolplein', 'playground', 'op het schoolplein', 'on the playground'],
	['Voetbalveld', 'footballField', 'op het voetbalveld', 'on the football field'],
	['Klimrek', 'climbingFrame', 'bij het klimrek', 'at the climbing frame'],
	['Klaslokaal', 'classroom', 'in het klaslokaal', 'in the classroom'],
	['Gang boven', 'corridor', 'in de gang boven', 'in Gang boven'],
	['Gang', 'corridor', 'in de gang', 'in the corridor'],
	['Zandbak', 'sandpit', 'in de zandbak', 'in the sandpit'],
	['Fietsenstalling', 'bicycleShed', 'bij de fietsenstalling', 'at the bicycle shed'],
	['Kapstokken', 'cloakroom', 'bij de kapstokken', 'in the cloakroom'],
	['Wc’s', 'toilets', 'bij de wc’s', 'at the toilets'],
	['Gymzaal', 'gym', 'in de gymzaal', 'in the gym'],
	['Overblijf', 'canteen', 'bij de overblijf', 'in the canteen'],
	['Onderweg', 'route', 'onderweg', 'on the way to and from school'],
	['Online', 'online', 'online', 'online'],
	['Ergens anders', 'other', 'ergens anders', 'somewhere else'],
	['Lokaal 4', 'classroom', 'in lokaal 4', 'in Lokaal 4'],
	['Het bankje', 'other', 'bij het bankje', 'at Het bankje'],
	['Speeltuintje', 'playground', 'op het speeltuintje', 'on Speeltuintje'],
];

test.each(rows)('%s is said with the word that belongs before it', (name, kind, nl, en) => {
	const said = (locale: 'nl' | 'en') => {
		overwriteGetLocale(() => locale);
		const phrase = placePhrase({ name, kind });
		return phrase.before + phrase.name;
	};
	expect([said('nl'), said('en')]).toEqual([nl, en]);
});

test("only everyday names are translated; a school's own names stay", () => {
	overwriteGetLocale(() => 'en');
	expect(placeName({ name: 'Wc’s', kind: 'toilets' })).toBe('Toilets');
	expect(placeName({ name: 'Pannakooi', kind: 'footballField' })).toBe('Pannakooi');
	overwriteGetLocale(() => 'nl');
	expect(placeName({ name: 'Wc’s', kind: 'toilets' })).toBe('Wc’s');
});
