import { expect, test } from 'vitest';
import { specialCategoriesIn } from './special-categories.ts';

test.each([
	['Hij heeft ADHD en was zijn medicijnen vergeten.', ['health']],
	['Riep iets over haar hoofddoek', ['religion']],
	['Ze schold hem uit voor “Turk”.', ['origin']],
	['Noemde hem homo, in de rij.', ['sexuality']],
	['Zijn afkomst en zijn geloof: “vieze Syriër, moslim”', ['religion', 'origin']],
	['Oekraïense jongen', ['origin']],
	['She is in therapy; he is a refugee.', ['health', 'origin']],
])('%s', (text, categories) => {
	expect(specialCategoriesIn(text)).toEqual(categories);
});

test.each([
	'Ik geloof dat hij viel.',
	'Trok aan haar zwarte jas bij het klimrek.',
	'Christiaan en Romana stonden bij de kerktuin.',
	'Duwde drie keer, ook na een waarschuwing.',
	'Turkoois petje afgepakt',
	'',
])('nothing is said of: %s', (text) => {
	expect(specialCategoriesIn(text)).toEqual([]);
});
