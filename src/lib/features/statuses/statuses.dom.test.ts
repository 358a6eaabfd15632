import { render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Session } from '#domain/session.ts';
import { Thresholds } from '#domain/status/school-thresholds.ts';
import { StatusDecision } from '#domain/status/status-decision.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import StatusesPage from './StatusesPage.svelte';
import ThresholdsPage from './ThresholdsPage.svelte';

const NOW = new Date('2026-11-24T10:00:00Z');

/** One before the round of 2 November, four in the weeks after it, all by Daan against Noor. */
const TOLD = ['10-20', '11-03', '11-09', '11-10', '11-17'].map((day, n) =>
	anObservation(n + 1, { occurredAt: `2026-${day}T12:14` as LocalDateTime }),
);

function open(session: Session = aSession('coordinator'), component: unknown = StatusesPage) {
	const device = createMemoryDevice({ session, documents: [...aRoster(), aCalendar(), ...TOLD] });
	const props = { now: NOW, ...(component === StatusesPage && { ongroup: () => {} }) };
	render(WithDevice, { props: { device, component: component as never, props } });
	return device;
}

test('a proposal says its reason; a person decides, and what the counters said is kept', async () => {
	const device = open();
	const proposal = (await screen.findByText(/Komt steeds terug/)).closest('li') as HTMLElement;
	expect(proposal).toHaveTextContent('1 → 5, +4 sinds 2 november, 4 weken, 1 slachtoffer. Komt steeds terug.');
	await userEvent.click(within(proposal).getByRole('button', { name: /Beslis/ }));
	const sheet = screen.getByRole('dialog', { name: 'Status besluiten' });
	expect(within(sheet).getByRole('radio', { name: /A1/ })).toBeChecked();
	await userEvent.click(within(sheet).getByRole('radio', { name: /A0/ }));
	await userEvent.click(within(sheet).getByRole('button', { name: 'Besluit bewaren' }));
	const [decision] = device.saved;
	expect(StatusDecision.safeParse(decision).success).toBe(true);
	expect(decision).toMatchObject({
		...{ pupilId: anId('pupil', 1), status: 'A0', from: '2026-11-24', decidedBy: anId('person', 3) },
		evidence: { instigator: 5, victim: 0, since: '2026-11-02', instigatorIncrease: 4 },
	});
	expect(await screen.findByRole('region', { name: 'A0' })).toHaveTextContent('Daan (6A)');
});

test('the history says why, with the figures of then', async () => {
	open();
	const proposal = (await screen.findByText(/Komt steeds terug/)).closest('li') as HTMLElement;
	await userEvent.click(within(proposal).getByRole('button', { name: /Beslis/ }));
	await userEvent.click(screen.getByRole('button', { name: 'Besluit bewaren' }));
	await userEvent.click(await screen.findByRole('button', { name: 'Daan (6A)' }));
	const sheet = screen.getByRole('dialog', { name: 'Geschiedenis' });
	expect(sheet).toHaveTextContent('5 keer veroorzaker, 0 keer slachtoffer');
	expect(sheet).toHaveTextContent('Marijke');
});

test('a warning that was seen is not said again', async () => {
	const device = open();
	await userEvent.click(await screen.findByRole('button', { name: 'Gezien' }));
	expect(screen.queryByRole('button', { name: 'Gezien' })).not.toBeInTheDocument();
	await waitFor(async () =>
		expect(await device.notes.get('status-warnings')).toEqual({ said: { [anId('pupil', 1)]: 5 } }),
	);
});

test('the principal sees what is proposed and decides nothing', async () => {
	open({ ...aSession('coordinator'), roles: ['principal'] });
	expect(await screen.findByText(/Komt steeds terug/)).toBeInTheDocument();
	expect(screen.queryByRole('button', { name: /Beslis/ })).not.toBeInTheDocument();
});

test('a threshold is the whole school’s: what it would change is said first, then it is kept as a document', async () => {
	const device = open(aSession('coordinator'), ThresholdsPage);
	expect(await screen.findByText('Dat is nu 1 leerling.')).toBeInTheDocument();
	const incidents = screen.getByLabelText(/Incidenten/);
	await userEvent.clear(incidents);
	await userEvent.type(incidents, '6');
	expect(await screen.findByText('Nu zijn dat er 1. Met deze drempel 0.')).toBeInTheDocument();
	await userEvent.click(screen.getByRole('button', { name: 'Drempels bewaren' }));
	expect(Thresholds.safeParse(device.saved[0]).success).toBe(true);
	expect(device.saved[0]).toMatchObject({
		...{ structural: { incidents: 6, weeks: 3, victims: 1 }, warning: { at: 5, before: 1 } },
		madeBy: anId('person', 3),
	});
	expect(await screen.findByText('Dat zijn nu 0 leerlingen.')).toBeInTheDocument();
	expect(screen.getByText(/Waarschuwen bij 5/).closest('li')).toHaveTextContent('Marijke');
});

test('a rule that nobody can ever meet is not kept', async () => {
	const device = open(aSession('coordinator'), ThresholdsPage);
	const weeks = screen.getByLabelText(/weken/);
	await userEvent.clear(weeks);
	await userEvent.type(weeks, '9');
	expect(screen.getByRole('alert')).toHaveTextContent('er zijn meer weken nodig dan incidenten');
	expect(screen.getByRole('button', { name: 'Drempels bewaren' })).toBeDisabled();
	expect(device.saved).toEqual([]);
});

test('who works at one site sees the thresholds and does not set them', () => {
	open(aSession('coordinator', { siteIds: [anId('site', 1)] }), ThresholdsPage);
	expect(screen.getByLabelText(/Incidenten/)).toBeDisabled();
	expect(screen.queryByRole('button', { name: 'Drempels bewaren' })).not.toBeInTheDocument();
});
