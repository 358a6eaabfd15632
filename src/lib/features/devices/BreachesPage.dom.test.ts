import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { Breach, BreachDecision, NewBreach } from '#domain/privacy/breach.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import BreachesPage from './BreachesPage.svelte';

const BY = anId('person', 3);

/** The server as far as this page asks it. */
function open() {
	let breaches: Breach[] = [];
	vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
		if (url === '/api/devices') return Response.json({ devices: [] });
		if (init.method === 'GET') return Response.json({ breaches });
		const body = JSON.parse(init.body as string) as NewBreach & BreachDecision;
		if (url === '/api/breaches/decide') {
			const { outcome, reason } = body;
			const decision = { outcome, reason, decidedAt: Date.now(), decidedBy: BY };
			breaches = breaches.map((each) => ({ ...each, decision }));
			return new Response(null, { status: 204 });
		}
		const { what, noticedAt } = body;
		const written: Breach = {
			...{ id: 'b1', what, noticedAt, writtenAt: noticedAt, writtenBy: BY, device: null, decision: null },
		};
		breaches = [written];
		return Response.json(written);
	});
	const device = createMemoryDevice({ session: aSession('coordinator'), documents: aRoster() });
	render(WithDevice, { props: { device, component: BreachesPage, props: {} } });
	return userEvent.setup();
}

afterEach(() => vi.unstubAllGlobals());

test('a breach is written down, says how long there is, and stops the clock once it is decided', async () => {
	const user = open();
	expect(await screen.findByText('Er staat niets in het register')).toBeInTheDocument();
	await user.click(screen.getByRole('button', { name: 'Schrijf een datalek op' }));
	await user.type(screen.getByLabelText(/Wat is er gebeurd/), 'Telefoon in de bus');
	await user.click(screen.getByRole('button', { name: 'Schrijf op' }));
	expect(await screen.findByText('Telefoon in de bus')).toBeInTheDocument();
	expect(screen.getByText(/Nog 7[12] uur om te melden/)).toBeInTheDocument();

	await user.click(screen.getByRole('radio', { name: 'Niet gemeld' }));
	await user.type(screen.getByLabelText(/Waarom/), 'Versleuteld en leeggemaakt');
	await user.click(screen.getByRole('button', { name: 'Leg het besluit vast' }));
	expect(await screen.findByText(/Versleuteld en leeggemaakt/)).toBeInTheDocument();
	expect(screen.queryByText(/om te melden/)).toBeNull();
});
