import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BEHAVIOUR_IDS } from '#domain/observation/behaviour.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { BEHAVIOUR_WORDS, precisionSentence } from './precision-sentence.ts';
import type { Precision } from './precision.ts';

const found: Precision = {
	recent: { from: '2026-10-09' as LocalDate, until: '2026-11-19' as LocalDate, schoolDays: 25 },
	usual: { from: '2025-11-20' as LocalDate, until: '2026-10-08' as LocalDate, schoolDays: 160 },
	...{ placeId: anId('place', 1), hour: 12, incidents: 23, usualIncidents: 80, times: 1.84, looks: 9, p: 0.002 },
	...{ couldBeChance: false, behaviour: 'pushing', behaviourIncidents: 14, weekday: 2, weekdayIncidents: 9 },
	instigatorIds: [anId('pupil', 1), anId('pupil', 2)],
};

test('it is one sentence with where, when, what, who and how much more than usual', () => {
	expect(precisionSentence(found, 'Schoolplein', 'nl')).toBe(
		'Schoolplein, tussen 12 en 13 uur: 23 incidenten sinds 9 oktober 2026, 1,8 keer zo vaak als anders, vooral duwen (14) en het meest op dinsdag (9), 2 leerlingen staan samen bij minstens 80 % ervan; toeval verklaart dit niet.',
	);
	expect(precisionSentence({ ...found, couldBeChance: true, times: null }, 'Yard', 'en')).toBe(
		'Yard, between 12:00 and 13:00: 23 incidents since 9 October 2026, where there were none before, mostly pushing (14) and most on Tuesday (9), 2 pupils together stand at 80 % of them or more; this could be chance.',
	);
	expect(precisionSentence({ ...found, instigatorIds: [anId('pupil', 1)] }, 'Hal', 'nl')).toContain('1 leerling staat');
	expect(precisionSentence(null, '?', 'nl')).toContain('genoeg incidenten');
});

test('it uses the words a user reads everywhere', () => {
	for (const locale of ['nl', 'en'] as const) {
		const terms = JSON.parse(readFileSync(`src/lib/i18n/messages/${locale}/terms.json`, 'utf8')) as Record<
			string,
			string
		>;
		for (const behaviour of BEHAVIOUR_IDS) {
			expect(BEHAVIOUR_WORDS[behaviour][locale]).toBe(terms[`behaviour_${behaviour}`]);
		}
	}
});
