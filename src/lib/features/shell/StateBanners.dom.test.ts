import { render, screen, waitFor } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import StateBanners from './StateBanners.svelte';

const user = userEvent.setup();
const HOUR = 60 * 60_000;
const UPDATE = { name: 'Bijwerken' };

function open() {
	const device = createMemoryDevice({ session: aSession('supervisor'), documents: aRoster() });
	render(WithDevice, { props: { device, component: StateBanners, props: {} } });
	return device;
}

test('a first sync says how far it is', async () => {
	open().setProgress({ received: 2000, total: 15_369 });
	expect(await screen.findByText('Gegevens ophalen: 2000 van 15369')).toBeInTheDocument();
	expect(screen.getByRole('progressbar')).toHaveAttribute('max', '15369');
});

test('signed out at the server: it says that nothing is lost, and where to sign in', async () => {
	open().setProblem('signedOut');
	expect(await screen.findByText(/Meld je aan om te versturen. Er gaat niets verloren./)).toBeInTheDocument();
	expect(screen.getByRole('link', { name: 'Aanmelden' })).toHaveAttribute('href', '/sign-in');
});

test('long without contact: it says before and afterwards what goes, and that nothing written does', async () => {
	const device = open();
	device.setLease({ kind: 'endsSoon', endsAt: Date.parse('2026-03-09T11:30:00.000Z') });
	expect(await screen.findByText(/Maak verbinding vóór ma 9 mrt.*12:30/)).toBeInTheDocument();
	device.setLease({ kind: 'over', days: 3 });
	expect(await screen.findByText(/had 3 dagen geen verbinding. Daarom zijn de namen eraf/)).toBeInTheDocument();
	expect(screen.queryByText(/Wat je opschreef is er nog/)).toBeNull();
	await device.save([anObservation(1)]);
	expect(await screen.findByText(/Wat je opschreef is er nog en wordt dan verstuurd: 1/)).toBeInTheDocument();
});

test('asked to forget by the school: it says so, and what is sent first', async () => {
	const device = open();
	await device.save([anObservation(1)]);
	device.setProblem('mustForget');
	expect(await screen.findByText(/Je school heeft dit toestel afgemeld.*gaat eerst nog weg: 1/)).toBeInTheDocument();
});

test('a wrong clock is told, with how much', async () => {
	const device = open();
	device.setClockBehindBy(-36 * HOUR);
	expect(await screen.findByText(/loopt 36 uur voor/)).toBeInTheDocument();
	device.setClockBehindBy(25 * 60_000);
	expect(await screen.findByText(/loopt 25 minuten achter/)).toBeInTheDocument();
	device.setClockBehindBy(12 * 24 * HOUR);
	expect(await screen.findByText(/loopt 12 dagen achter/)).toBeInTheDocument();
});

test('a device that gets full is told before a save fails', async () => {
	const device = open();
	device.setSpace({ usedBytes: 3_000_000, freeBytes: 10_000_000, isLow: true });
	expect(await screen.findByText(/Dit toestel raakt vol/)).toBeInTheDocument();
});

test('what the browser threw away is told once, with how much of it had not been sent', async () => {
	const device = open();
	device.lose({ unsent: 2 });
	expect(await screen.findByRole('alert')).toHaveTextContent('Nog niet verstuurd en nu weg: 2');
	await user.click(screen.getByRole('button', { name: 'Begrepen' }));
	expect(screen.queryByRole('alert')).toBeNull();
});

test('an update waits for what is unsent and says so; then a tap lets it in', async () => {
	const device = open();
	await device.save([anObservation(1)]);
	device.bringUpdate();
	expect(await screen.findByText('De nieuwe versie wacht tot alles verstuurd is.')).toBeInTheDocument();
	expect(screen.queryByRole('button', UPDATE)).toBeNull();
	device.arrive(anId('observation', 1));
	await user.click(await screen.findByRole('button', UPDATE));
	expect(device.appliedUpdates).toBe(1);
});

test('an update waits for a sentence that is half typed', async () => {
	const device = open();
	const field = document.body.appendChild(document.createElement('textarea'));
	device.bringUpdate();
	expect(await screen.findByRole('button', UPDATE)).toBeInTheDocument();
	await user.type(field, 'Daan zei');
	expect(await screen.findByText('De nieuwe versie wacht tot je klaar bent met typen.')).toBeInTheDocument();
	expect(screen.queryByRole('button', UPDATE)).toBeNull();
	field.remove();
	await waitFor(() => expect(screen.getByRole('button', UPDATE)).toBeInTheDocument());
});

test('with nothing the matter it says nothing', () => {
	open();
	expect(screen.queryAllByRole('status')).toEqual([]);
	expect(screen.queryByRole('alert')).toBeNull();
});
