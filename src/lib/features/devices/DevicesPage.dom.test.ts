import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { KnownDevice } from '#domain/accounts/devices.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import DevicesPage from './DevicesPage.svelte';

const NOON = Date.parse('2026-03-09T11:00:00.000Z');
const phone: KnownDevice = {
	...{ id: 'phone', personId: anId('person', 1), label: 'Chrome · Android', isThis: false },
	...{ startedAt: NOON, seenAt: NOON, revoked: null },
	told: { appVersion: 'long-ago', unsent: 2, persistent: false },
};

/** The server as far as this page asks it; `null`: it cannot be reached. */
function open(devices: KnownDevice[] | null) {
	const revoked: unknown[] = [];
	let known = devices;
	vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
		if (!known) throw new TypeError('no network');
		if (url === '/api/devices') return Response.json({ devices: known });
		if (url === '/api/devices/held') return Response.json({ held: [{ type: 'pupil', count: 6 }] });
		revoked.push(url === '/api/devices/revoke-phone' ? { whole: init.body } : JSON.parse(init.body as string));
		const by = anId('person', 3);
		known = known.map((each) => ({ ...each, revoked: { at: NOON, by, heardAt: null, forgottenAt: null } }));
		return new Response(null, { status: 204 });
	});
	const device = createMemoryDevice({ session: aSession('coordinator'), documents: aRoster() });
	render(WithDevice, { props: { device, component: DevicesPage, props: {} } });
	return { revoked, reach: (next: KnownDevice[]) => (known = next), user: userEvent.setup() };
}

afterEach(() => vi.unstubAllGlobals());

test('a lost phone: what can be on it, and emptying it takes a second word', async () => {
	const { revoked, user } = open([phone]);
	await user.click(await screen.findByRole('button', { name: 'Kwijt? Chrome · Android van Sanne' }));
	expect(await screen.findByText('Namen en groepen van leerlingen: 6')).toBeInTheDocument();
	await user.click(screen.getByRole('button', { name: 'Maak leeg' }));
	expect(revoked).toEqual([]);
	await user.click(screen.getByRole('button', { name: 'Ja, maak leeg' }));
	expect(await screen.findByText(/Sindsdien niet gezien/)).toBeInTheDocument();
	expect(revoked).toEqual([{ id: 'phone' }]);
	expect(screen.getByText(/Nog niet leeggemaakt: 1/)).toBeInTheDocument();
	expect(screen.queryByRole('button', { name: /Kwijt/ })).toBeNull();
});

test('what a device told stands beside it', async () => {
	open([phone]);
	for (const told of ['Nog niet aangekomen: 2', 'De browser kan hier gegevens wissen', 'Oude versie van de app'])
		expect(await screen.findByText(told)).toBeInTheDocument();
});

test('without a network it says so, and tries again when asked', async () => {
	const { reach, user } = open(null);
	expect(await screen.findByText(/Hiervoor is verbinding nodig/)).toBeInTheDocument();
	reach([]);
	await user.click(screen.getByRole('button', { name: 'Probeer opnieuw' }));
	expect(await screen.findByText('Nog nergens aangemeld')).toBeInTheDocument();
});

test('a shared phone stands by itself, with who is on it, and is emptied as a whole', async () => {
	const shared = { ...phone, phone: 'p1' };
	const { revoked, user } = open([shared, { ...shared, id: 'other', personId: anId('person', 2) }]);
	const rows = await screen.findAllByRole('listitem');
	expect(rows.map((row) => row.querySelector('strong')?.textContent)).toEqual(['Sanne', 'Youssef']);
	await user.click(screen.getByRole('button', { name: 'Telefoon kwijt?' }));
	expect(await screen.findByText(/wordt er afgemeld: Sanne en Youssef/)).toBeInTheDocument();
	await user.click(screen.getByRole('button', { name: 'Maak leeg' }));
	expect(revoked).toEqual([]);
	await user.click(screen.getByRole('button', { name: 'Ja, maak leeg' }));
	await expect.poll(() => revoked).toEqual([{ whole: JSON.stringify({ id: 'p1' }) }]);
	expect(await screen.findAllByText(/Sindsdien niet gezien/)).toHaveLength(2);
	expect(screen.queryByRole('button', { name: 'Telefoon kwijt?' })).toBeNull();
});
