import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import LockScreen from './LockScreen.svelte';

const RIGHT = '271828';
const user = userEvent.setup();

const SHARED = [
	{ personId: aSession('supervisor').personId, name: 'Sanne' },
	{ personId: aSession('teacher').personId, name: 'Youssef' },
];

function open(phone?: typeof SHARED) {
	const shared = phone && { phone };
	const device = createMemoryDevice({ session: aSession('supervisor'), documents: aRoster(), pin: RIGHT, ...shared });
	device.pin.lock();
	let opened = 0;
	const onopen = async () => void opened++;
	render(WithDevice, { props: { device, component: LockScreen, props: { onopen } } });
	return { device, opened: () => opened };
}

async function tap(pin: string): Promise<void> {
	for (const digit of pin) await user.click(screen.getByRole('button', { name: digit }));
}

test('six taps open it; nothing has to be pressed after them', async () => {
	const { device, opened } = open();
	await tap(RIGHT);
	await expect.poll(opened).toBe(1);
	expect(device.pin.locked).toBe(false);
});

test('a slip can be erased, and keys on a keyboard do the same', async () => {
	const { opened } = open();
	await user.keyboard('9');
	await user.click(screen.getByRole('button', { name: 'Wis het laatste cijfer' }));
	await user.keyboard('7{Backspace}');
	expect(screen.getByText('0 van 6 cijfers')).toBeInTheDocument();
	await user.keyboard(RIGHT);
	await expect.poll(opened).toBe(1);
});

test('a wrong PIN is told, and the next one is asked from the start', async () => {
	const { device, opened } = open();
	await tap('314159');
	expect(await screen.findByText('Die pincode klopt niet.')).toBeInTheDocument();
	expect(opened()).toBe(0);
	expect(device.pin.locked).toBe(true);
	await expect.poll(() => screen.getByRole('button', { name: '1' })).toBeEnabled();
	await tap(RIGHT);
	await expect.poll(opened).toBe(1);
});

test('who forgot it is told what stays and what goes before anything does', async () => {
	const { device } = open();
	await user.click(screen.getByRole('button', { name: 'Pincode vergeten?' }));
	expect(screen.getByText(/Wat je opsloeg en nog niet verstuurd is, blijft bewaard/)).toBeInTheDocument();
	expect(device.session).not.toBeNull();
	await user.click(screen.getByRole('button', { name: 'Meld me opnieuw aan' }));
	expect(device.session).toBeNull();
});

test('on a shared phone one tap makes it another one’s turn, or somebody’s who signs in', async () => {
	const { device } = open(SHARED);
	await user.click(screen.getByRole('button', { name: 'Sanne', current: true }));
	expect(device.changes).toEqual([]);
	await user.click(screen.getByRole('button', { name: 'Youssef' }));
	expect(device.changes).toEqual([aSession('teacher').personId]);
	expect(device.pin.locked).toBe(true);
	// The page is about to be another one's: a second tap changes nothing.
	await user.click(screen.getByRole('button', { name: 'Iemand anders' }));
	expect(device.changes).toHaveLength(1);
});

test('a device of one person shows nobody else', () => {
	open();
	expect(screen.queryByRole('navigation', { name: 'Mensen op deze telefoon' })).toBeNull();
});
