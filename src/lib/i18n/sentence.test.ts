import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseBasket, choose, emptyDraft, toggleBehaviour, toggleChild } from '#domain/observation/draft.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { whenFor } from '#domain/observation/when.ts';
import { indexRoster } from '#domain/school/roster-index.ts';
import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { aGroup, anId, anObservation, aPlace, aPupil } from '#tests/factories/school.ts';
import { overwriteGetLocale } from './generated/runtime.js';
import { draftSentence, toldSentence } from './sentence.ts';
import { sentenceText } from './sentence-tokens.ts';

const roster = indexRoster({
	groups: [aGroup(6), aGroup(8, '8B')],
	pupils: [
		aPupil(1, 'Daan'),
		aPupil(2, 'Noor'),
		aPupil(3, 'Milan'),
		aPupil(4, 'Yara', 8),
		aPupil(5, 'Finn'),
		aPupil(6, 'Amir'),
	],
	places: [
		aPlace(1, 'Klimrek', 'climbingFrame'),
		aPlace(2, 'Voetbalveld', 'footballField'),
		aPlace(3, 'Gang', 'corridor'),
		aPlace(4, 'Groepsapp', 'online'),
		aPlace(5, 'Lokaal 4', 'classroom'),
		aPlace(6, 'Het bankje', 'other'),
	],
});
const NOW = '2026-03-09T12:20' as LocalDateTime;
const TODAY = '2026-03-09' as LocalDate;
const pupil = (n: number) => ({ pupilId: anId('pupil', n) });

type Locale = 'nl' | 'en';
let locale: Locale = 'nl';
beforeEach(() => overwriteGetLocale(() => locale));
afterEach(() => (locale = 'nl'));

function read(over: Partial<Observation>): string {
	return sentenceText(toldSentence(anObservation(1, over), roster, { today: TODAY }));
}

const one: Partial<Observation> = {};
const noVictim: Partial<Observation> = {
	participants: [{ role: 'instigator', ...pupil(1) }],
	behaviours: ['breaking'],
};
const several: Partial<Observation> = {
	participants: [
		{ role: 'instigator', ...pupil(1) },
		{ role: 'instigator', ...pupil(3) },
		{ role: 'victim', ...pupil(2) },
		{ role: 'victim', ...pupil(4) },
		{ role: 'bystander', ...pupil(5) },
	],
	behaviours: ['nameCalling', 'pushing'],
	placeId: anId('place', 2),
};
const wholeGroup: Partial<Observation> = {
	participants: [{ role: 'instigator', ...pupil(1) }],
	victimGroupId: anId('group', 6),
	behaviours: ['disturbingLesson'],
	placeId: anId('place', 3),
};
const good: Partial<Observation> = {
	participants: [
		{ role: 'contributor', ...pupil(5) },
		{ role: 'beneficiary', ...pupil(6) },
	],
	behaviours: ['helping'],
	basket: 'green',
};
const unseen: Partial<Observation> = {
	participants: [{ role: 'victim', description: 'rode jas' }],
	behaviours: ['taking'],
	precision: 'about',
	placeId: null,
	outsideSchool: true,
};
const online: Partial<Observation> = { digital: true, behaviours: ['ridicule'] };

test.each([
	['nl', one, 'Daan (6A) ging te ver bij Noor (6A): duwen. Bij het klimrek, vandaag 12:14.'],
	['en', one, 'Daan (6A) went too far with Noor (6A): pushing. At the climbing frame, today 12:14.'],
	['nl', noVictim, 'Daan (6A) ging te ver: stukmaken. Bij het klimrek, vandaag 12:14.'],
	['en', noVictim, 'Daan (6A) went too far: breaking things. At the climbing frame, today 12:14.'],
	[
		'nl',
		several,
		'Daan en Milan (6A) gingen te ver bij Noor (6A) en Yara (8B): uitschelden, duwen. Op het voetbalveld, vandaag 12:14. Erbij: Finn (6A).',
	],
	[
		'en',
		several,
		'Daan and Milan (6A) went too far with Noor (6A) and Yara (8B): name-calling, pushing. On the football field, today 12:14. Also there: Finn (6A).',
	],
	['nl', wholeGroup, 'Daan (6A) ging te ver bij de hele groep 6A: de les verstoren. In de gang, vandaag 12:14.'],
	[
		'en',
		wholeGroup,
		'Daan (6A) went too far with the whole of group 6A: disturbing the lesson. In the corridor, today 12:14.',
	],
	['nl', good, 'Finn (6A) deed iets goeds voor Amir (6A): helpen. Bij het klimrek, vandaag 12:14.'],
	['en', good, 'Finn (6A) did something good for Amir (6A): helping. At the climbing frame, today 12:14.'],
	['nl', unseen, 'Iemand ging te ver bij een kind (rode jas): afpakken. Buiten school, vandaag rond 12:14.'],
	['en', unseen, 'Someone went too far with a child (rode jas): taking things. Outside school, today around 12:14.'],
	['nl', { ...online, placeId: null }, 'Daan (6A) ging te ver bij Noor (6A): uitlachen, online. Vandaag 12:14.'],
	[
		'nl',
		{ ...online, placeId: anId('place', 4) },
		'Daan (6A) ging te ver bij Noor (6A): uitlachen. Online (groepsapp), vandaag 12:14.',
	],
	['nl', { placeId: anId('place', 5) }, 'Daan (6A) ging te ver bij Noor (6A): duwen. In lokaal 4, vandaag 12:14.'],
	['nl', { placeId: anId('place', 6) }, 'Daan (6A) ging te ver bij Noor (6A): duwen. Bij het bankje, vandaag 12:14.'],
] as const)('%s reads as a person would say it: %#', (language, over, sentence) => {
	locale = language;
	expect(read(over as Partial<Observation>)).toBe(sentence);
});

test('an earlier day is named, and without today the year too', () => {
	const over = { occurredAt: '2026-03-06T10:15' as LocalDateTime };
	expect(read(over)).toContain('vr 6 mrt 10:15');
	expect(sentenceText(toldSentence(anObservation(1, over), roster))).toContain('vr 6 mrt 2026 10:15');
	expect(read({ occurredAt: '2026-03-08T10:15' as LocalDateTime })).toContain('gisteren 10:15');
});

test('every name, and nothing but names, is marked as one', () => {
	const tokens = toldSentence(anObservation(1, { ...several }), roster);
	expect(tokens.filter((token) => token.name).map((token) => token.text)).toEqual([
		'Daan',
		'Milan (6A)',
		'Noor (6A)',
		'Yara (8B)',
		'Finn (6A)',
	]);
});

test('a draft asks for what is open and fills in what is chosen', () => {
	const empty = emptyDraft({ id: anId('observation', 1), placeId: anId('place', 1), when: whenFor('now', NOW) });
	const read = (draft = empty, now = NOW) => sentenceText(draftSentence(draft, roster, now));
	expect(read()).toBe('Wie? ging te ver bij wie?: wat?. Bij het klimrek, nu.');
	const withChildren = toggleChild(toggleChild(empty, pupil(1), 'instigator'), pupil(2), 'victim');
	expect(read(withChildren)).toBe('Daan (6A) ging te ver bij Noor (6A): wat?. Bij het klimrek, nu.');
	expect(draftSentence(withChildren, roster, NOW).filter((token) => token.open)).toEqual([
		{ text: 'wat?', tone: 'open', slot: 'what', open: true },
	]);
	const pushed = toggleBehaviour(withChildren, 'pushing');
	expect(read(pushed)).toBe('Daan (6A) ging te ver bij Noor (6A): duwen. Bij het klimrek, nu.');
	expect(read(choose(pushed, { when: whenFor('tenMinutesAgo', NOW) }))).toContain(', tien minuten geleden.');
	expect(read(choose(pushed, { when: whenFor('lastLunch', NOW) }))).toContain(', vr 6 mrt in de middagpauze.');
	expect(read(chooseBasket(empty, 'green'))).toBe('Wie? deed iets goeds: wat?. Bij het klimrek, nu.');
});

test('"now" becomes a time when the draft has waited', () => {
	const draft = emptyDraft({ id: anId('observation', 1), placeId: anId('place', 1), when: whenFor('now', NOW) });
	expect(sentenceText(draftSentence(draft, roster, '2026-03-09T15:00' as LocalDateTime))).toContain('vandaag 12:20.');
});
