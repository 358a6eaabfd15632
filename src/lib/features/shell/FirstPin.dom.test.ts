import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import FirstPin from './FirstPin.svelte';

const user = userEvent.setup();

async function open() {
	const device = createMemoryDevice({ session: aSession('supervisor') });
	await device.pin.demand();
	render(WithDevice, { props: { device, component: FirstPin, props: {} } });
	return device;
}

test('a phone that was handed out asks for six digits twice, and there is no way around it', async () => {
	const device = await open();
	expect(screen.getAllByRole('button').map((button) => button.textContent.trim())).toEqual([
		...['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', ''],
	]);
	await user.keyboard('271828');
	expect(device.pin.isDue).toBe(true);
	expect(await screen.findByRole('group', { name: 'Dezelfde zes cijfers nog een keer' })).toBeInTheDocument();
	await user.keyboard('271828');
	await expect.poll(() => device.pin.isDue).toBe(false);
	expect((await device.pin.unlock('271828')).ok).toBe(true);
});

test('what a finder tries first is refused, and so is another one the second time', async () => {
	const device = await open();
	await user.keyboard('123456');
	expect(await screen.findByText(/raadt een ander snel/)).toBeInTheDocument();
	await user.keyboard('271828');
	expect(await screen.findByRole('group', { name: 'Dezelfde zes cijfers nog een keer' })).toBeInTheDocument();
	await user.keyboard('271829');
	expect(await screen.findByText('Dat waren andere cijfers. Kies opnieuw.')).toBeInTheDocument();
	expect(screen.getByRole('group', { name: 'Kies zes cijfers' })).toBeInTheDocument();
	expect(device.pin.isSet).toBe(false);
});
