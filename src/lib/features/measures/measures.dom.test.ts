import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { Measure } from '#domain/measures/measure.ts';
import type { Instant, LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import MeasuresPage from './MeasuresPage.svelte';

const NOW = new Date('2026-11-20T10:00:00Z');
const day = (text: string) => text as LocalDate;
const MEASURE: Measure = {
	...{ type: 'measure', v: 1, id: anId('measure', 1), schoolId: anId('school', 1), kinds: ['risk'] },
	...{ pupilIds: [anId('pupil', 1)], groupId: null, placeId: anId('place', 1), hours: null },
	...{ text: 'Extra pleinwacht', because: '6 van de 8 waren hier', from: day('2026-11-09'), until: day('2026-12-01') },
	...{ watchedBy: anId('person', 1), decidedBy: anId('person', 3), decidedAt: '2026-11-06T10:00:00Z' as Instant },
};

function open(documents: readonly DomainDocument[]) {
	const device = createMemoryDevice({
		session: aSession('coordinator'),
		documents: [...aRoster(), aCalendar({ rounds: [day('2026-11-02'), day('2026-12-15')] }), ...documents],
	});
	render(WithDevice, { props: { device, component: MeasuresPage, props: { now: NOW } } });
	return device;
}

test('a measure shows what it rests on, who watches, and what came of it, chance included', async () => {
	const told = ['10-29', '11-03', '11-04', '11-10'].map((at, n) =>
		anObservation(n + 1, { occurredAt: `2026-${at}T12:14` as LocalDateTime }),
	);
	open([MEASURE, ...told]);
	const card = screen.getByRole('heading', { name: 'Extra pleinwacht' }).closest('section') as HTMLElement;
	expect(card).toHaveTextContent('6 van de 8 waren hier');
	expect(card).toHaveTextContent('Sanne');
	expect(card).toHaveTextContent('Daan (6A)');
	expect(
		await within(card).findByText(
			/Van 3 incidenten in \d+ schooldagen naar 1 in \d+\. Dat is .+ keer zo vaak .+ tussen .+ en .+\. Dat kan toeval zijn\./,
		),
	).toBeInTheDocument();
});

test('a new measure ends at the next round and says what is still missing', async () => {
	const device = open([]);
	await userEvent.click(screen.getByRole('button', { name: 'Nieuwe maatregel' }));
	const sheet = within(screen.getByRole('dialog'));
	expect(sheet.getByLabelText(/Laatste dag/)).toHaveValue('2026-12-15');
	await userEvent.click(sheet.getByRole('button', { name: 'Maatregel bewaren' }));
	expect(sheet.getByRole('alert')).toHaveTextContent('Kies wat het kleiner maakt');
	expect(device.saved).toEqual([]);
	await userEvent.click(sheet.getByRole('checkbox', { name: /risico van een plek/ }));
	await userEvent.type(sheet.getByLabelText('Wat doen jullie?'), 'Vaste plek voor de pleinwacht');
	await userEvent.type(sheet.getByLabelText(/Op welke cijfers/), '6 van de 8');
	await userEvent.selectOptions(sheet.getByLabelText('Plek'), anId('place', 1));
	await userEvent.selectOptions(sheet.getByLabelText('Wie let erop?'), anId('person', 1));
	await userEvent.click(sheet.getByRole('button', { name: 'Maatregel bewaren' }));
	expect(Measure.safeParse(device.saved[0]).success).toBe(true);
	expect(device.saved[0]).toMatchObject({ kinds: ['risk'], placeId: anId('place', 1), until: '2026-12-15' });
});

test('what could not be chance is said so, also when before there was nothing', async () => {
	const told = (n: number, at: string) => anObservation(n, { occurredAt: `2026-${at}T12:14` as LocalDateTime });
	const calm = Array.from({ length: 14 }, (_, n) => told(n + 1, '10-29'));
	const device = open([MEASURE, ...calm]);
	expect(await screen.findByText(/Van 14 incidenten .+ Minder, en geen toeval\./)).toBeInTheDocument();
	device.receive(calm.map(({ id }, n) => ({ ...told(n + 1, '11-10'), id })));
	expect(
		await screen.findByText(/Van 0 incidenten in \d+ schooldagen naar 14 in \d+\. Meer, en geen toeval\./),
	).toBeInTheDocument();
});
