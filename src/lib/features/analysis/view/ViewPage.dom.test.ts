import { render, screen, waitFor } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import { WHOLE_SCHOOL } from '../filter.ts';
import { facetsIn } from './facets.ts';
import ViewPage from './ViewPage.svelte';

const NOW = new Date('2026-11-20T10:00:00Z');

function open(query: string, notes: Record<string, unknown> = {}) {
	const told = [
		anObservation(1, { occurredAt: '2026-11-03T12:14' as LocalDateTime }),
		anObservation(2, { occurredAt: '2026-11-03T09:00' as LocalDateTime }),
		anObservation(3, { occurredAt: '2026-11-04T12:20' as LocalDateTime, placeId: anId('place', 3) }),
	];
	const device = createMemoryDevice({
		session: aSession('coordinator'),
		documents: [...aRoster(), aCalendar(), ...told],
		notes,
	});
	const visited: string[] = [];
	const facets = facetsIn(new URLSearchParams(query));
	const props = { filter: WHOLE_SCHOOL, facets, now: () => NOW, ongo: (address: string) => visited.push(address) };
	render(WithDevice, { props: { device, component: ViewPage, props } });
	return { device, visited };
}

test('place and hour together: only what is behind both', async () => {
	open(`place=${anId('place', 1)}&hour=12`);
	expect(await screen.findByRole('heading', { name: '1 incident van de 3' })).toBeInTheDocument();
	expect(screen.getByRole('article')).toHaveTextContent('Bij het klimrek');
});

test('another choice is another address, with ids and numbers only', async () => {
	const { visited } = open('hour=12');
	await screen.findByRole('heading', { name: '2 incidenten van de 3' });
	await userEvent.selectOptions(screen.getByLabelText('Dag'), '2');
	expect(visited).toEqual(['/analysis?view=combined&hour=12&weekday=2']);
});

test('a view is kept under its name, and can be let go', async () => {
	const { device } = open('hour=12');
	await screen.findByRole('heading', { name: '2 incidenten van de 3' });
	await userEvent.type(screen.getByLabelText('Naam'), 'Grote pauze');
	await userEvent.click(screen.getByRole('button', { name: 'Bewaar deze blik' }));
	const link = await screen.findByRole('link', { name: 'Grote pauze' });
	expect(link).toHaveAttribute('href', '/analysis?view=combined&hour=12');
	expect(await device.notes.get('analysis-views')).toHaveLength(1);
	await userEvent.click(screen.getByRole('button', { name: /Weghalen/ }));
	await waitFor(async () => expect(await device.notes.get('analysis-views')).toEqual([]));
});
