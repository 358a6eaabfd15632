import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import PinCard from './PinCard.svelte';

const RIGHT = '271828';
const NEXT = '908172';
const user = userEvent.setup();

function open(pin?: string) {
	const device = createMemoryDevice({ session: aSession('teacher'), ...(pin && { pin }) });
	render(WithDevice, { props: { device, component: PinCard, props: {} } });
	return device;
}

const press = (name: string) => user.click(screen.getByRole('button', { name }));

/** Once this is asked. */
async function give(question: string, pin: string): Promise<void> {
	await screen.findByRole('group', { name: question });
	await expect.poll(() => screen.getByRole('button', { name: '1' })).toBeEnabled();
	await user.keyboard(pin);
}

test('who changes it gives the old one first, and hears at once when that is wrong', async () => {
	const device = open(RIGHT);
	await press('Wijzig de pincode');
	await give('Je pincode van nu', NEXT);
	expect(await screen.findByText('Die pincode klopt niet.')).toBeInTheDocument();
	await give('Je pincode van nu', RIGHT);
	await give('Kies zes cijfers', NEXT);
	await give('Dezelfde zes cijfers nog een keer', NEXT);
	expect(await screen.findByText('De pincode staat op dit toestel.')).toBeInTheDocument();
	expect((await device.pin.check(NEXT)).ok).toBe(true);
});

test('it is taken away by who knows it', async () => {
	const device = open(RIGHT);
	await press('Haal de pincode weg');
	await give('Je pincode van nu', RIGHT);
	expect(await screen.findByText('De pincode is weg.')).toBeInTheDocument();
	expect(device.pin.isSet).toBe(false);
});

test('on a phone the school handed out it can be changed, and not taken away', async () => {
	const device = open(RIGHT);
	await device.pin.demand();
	expect(await screen.findByText(/als het scherm uit ging/)).toBeInTheDocument();
	expect(screen.queryByRole('button', { name: 'Haal de pincode weg' })).toBeNull();
	await press('Zet nu op slot');
	expect(device.pin.locked).toBe(true);
});
