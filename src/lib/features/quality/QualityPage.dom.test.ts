import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { QualityCard } from '#domain/quality/quality-card.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import QualityPage from './QualityPage.svelte';

test('twelve scores and two means make a card; with two insufficient it meets the standard', async () => {
	const device = createMemoryDevice({ session: aSession('coordinator'), documents: aRoster() });
	const props = { now: new Date('2026-11-20T10:00:00Z') };
	render(WithDevice, { props: { device, component: QualityPage, props } });
	expect(screen.getByText('Nog 13 punten te beoordelen')).toBeInTheDocument();
	const insufficient = screen.getAllByRole('radio', { name: 'Onvoldoende' });
	for (const each of insufficient.slice(0, 2)) await userEvent.click(each);
	for (const each of screen.getAllByRole('radio', { name: 'Goed' }).slice(2)) await userEvent.click(each);
	await userEvent.type(screen.getByLabelText('Gemiddelde van de school'), '7.7');
	await userEvent.type(screen.getByLabelText('Landelijk gemiddelde'), '7.5');
	expect(screen.getByText('Voldoet: 2 onvoldoende')).toBeInTheDocument();
	await userEvent.click(screen.getByRole('button', { name: 'Kaart bewaren' }));
	const [card] = device.saved;
	expect(QualityCard.safeParse(card).success).toBe(true);
	expect(card).toMatchObject({ safety: { own: 7.7, national: 7.5 }, on: '2026-11-20' });
	expect(screen.getByText('Voldoet: 2 onvoldoende')).toBeInTheDocument();
});
