import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import type { Component } from 'svelte';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { incidentIdFor } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import InboxPage from './InboxPage.svelte';
import { unprocessedCount } from './unprocessed-count.ts';

const NOW = new Date('2026-03-09T14:00:00Z');
const at = (time: string) => `2026-03-09T${time}` as LocalDateTime;

/** Newest first: Milan in the corridor, then Daan and Noor on the climbing frame, told twice. */
const OBSERVATIONS: Observation[] = [
	anObservation(1, { occurredAt: at('12:14') }),
	anObservation(2, { occurredAt: at('12:10'), reporterId: anId('person', 2) }),
	anObservation(3, {
		occurredAt: at('14:02'),
		placeId: anId('place', 3),
		participants: [{ role: 'instigator', pupilId: anId('pupil', 4) }],
		behaviours: ['nameCalling'],
	}),
];

function openInbox(observations: readonly DomainDocument[] = OBSERVATIONS) {
	const device = createMemoryDevice({ session: aSession('coordinator'), documents: [...aRoster(), ...observations] });
	render(WithDevice as Component, { props: { device, component: InboxPage, props: { now: () => NOW } } });
	return { device, user: userEvent.setup() };
}

const row = () => document.querySelector('[data-row][aria-current]')?.textContent ?? '';
const processingOf = (device: ReturnType<typeof openInbox>['device'], n: number) =>
	device.documents.all('processing').find((each) => each.observationId === anId('observation', n));

test('by keyboard only: the newest is open, Enter confirms it, the next is chosen and the focus is on it', async () => {
	const { device, user } = openInbox();
	expect(unprocessedCount(device)).toBe(3);
	await user.keyboard('{Enter}');
	await waitFor(() => expect(processingOf(device, 3)?.outcome).toBe('confirmed'));
	await waitFor(() => expect(document.activeElement?.textContent).toContain('Daan'));
	expect(document.activeElement).toHaveAttribute('aria-current', 'true');
	expect(screen.getByText('Bevestigd.')).toBeInTheDocument();
	expect(processingOf(device, 3)).toMatchObject({
		aggressionFunction: null,
		forms: ['verbal'],
		processedBy: anId('person', 3),
	});
	expect(unprocessedCount(device)).toBe(2);
});

test('j and k walk, x sets aside, u puts it back as a new revision', async () => {
	const { device, user } = openInbox();
	await user.keyboard('jjk');
	expect(row()).toContain('12:14');
	await user.keyboard('x');
	await waitFor(() => expect(processingOf(device, 1)?.outcome).toBe('setAside'));
	await waitFor(() => expect(row()).toContain('12:10'));
	await user.keyboard('u');
	await waitFor(() => expect(processingOf(device, 1)?.outcome).toBe('open'));
	expect(row()).toContain('12:14');
	expect(unprocessedCount(device)).toBe(3);
});

test('keys typed faster than the device saves are each meant for what comes then', async () => {
	const { device, user } = openInbox();
	await user.keyboard('cxc');
	await waitFor(() => expect(unprocessedCount(device)).toBe(0));
	expect([3, 1, 2].map((n) => processingOf(device, n)?.outcome)).toEqual(['confirmed', 'setAside', 'confirmed']);
	await user.keyboard('uuu');
	await waitFor(() => expect(unprocessedCount(device)).toBe(3));
});

test('an observation that arrives above the one being read does not take its place', async () => {
	const { device, user } = openInbox();
	expect(row()).toContain('14:02');
	device.receive([anObservation(4, { occurredAt: at('14:30'), behaviours: ['gossip'] })]);
	await waitFor(() => expect(unprocessedCount(device)).toBe(4));
	expect(row()).toContain('14:02');
	await user.keyboard('c');
	await waitFor(() => expect(processingOf(device, 3)?.outcome).toBe('confirmed'));
	expect(processingOf(device, 4)).toBeUndefined();
});

test('m merges with the likeliest double on confirming, and the pair can be split again', async () => {
	const { device, user } = openInbox();
	await user.keyboard('j');
	const doubles = screen.getByRole('region', { name: 'Lijkt op een andere melding' });
	expect(doubles).toHaveTextContent('4 minuten ertussen');
	expect(doubles).toHaveTextContent('zelfde plek');
	expect(doubles).toHaveTextContent('allebei duwen');
	await user.keyboard('m{Enter}');
	await waitFor(() => expect(processingOf(device, 1)?.incidentId).toBe(incidentIdFor(anId('observation', 2))));
	expect(screen.getByRole('region', { name: 'Samen één incident' })).toHaveTextContent('12:14');
	await user.click(screen.getByRole('button', { name: 'Haal uit elkaar' }));
	await waitFor(() => expect(processingOf(device, 1)?.incidentId).toBe(incidentIdFor(anId('observation', 1))));
});

test('letters do nothing in a field, and nothing at all once they are switched off', async () => {
	const { device, user } = openInbox();
	await user.type(screen.getByLabelText('Notitie'), 'xcum');
	expect(device.saved).toEqual([]);
	screen.getByLabelText('Notitie').blur();
	await user.keyboard('?');
	await user.click(screen.getByRole('checkbox', { name: /Sneltoetsen met één letter/ }));
	await user.click(screen.getByRole('button', { name: 'Sluiten' }));
	await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
	(document.activeElement as HTMLElement).blur();
	await user.keyboard('cx{Enter}');
	expect(device.saved).toEqual([]);
	expect(await device.notes.get('inbox-letter-keys')).toBe(false);
	await user.keyboard('{ArrowDown}');
	await waitFor(() => expect(row()).toContain('Daan'));
});

test('persons are corrected: a role, one out, a described child named', async () => {
	const described = anObservation(1, {
		participants: [
			{ role: 'instigator', pupilId: anId('pupil', 1) },
			{ role: 'victim', description: 'meisje met blauwe jas' },
		],
	});
	const { device, user } = openInbox([described]);
	await user.click(screen.getByRole('button', { name: 'Wie is dit?' }));
	const search = screen.getByRole('combobox', { name: 'Wie is “meisje met blauwe jas”?' });
	await waitFor(() => expect(search).toHaveFocus());
	await user.keyboard('zoe{Enter}');
	expect(screen.getByRole('combobox', { name: 'Rol van Zoë (6A)' })).toHaveValue('victim');
	await user.click(screen.getByRole('button', { name: 'Leerling toevoegen' }));
	await user.keyboard('yara{Enter}');
	await user.selectOptions(screen.getByRole('combobox', { name: 'Rol van Yara (8B)' }), 'bystander');
	await user.click(screen.getByRole('button', { name: 'Haal Daan (6A) weg' }));
	expect(screen.getByText('Zoals gemeld')).toBeInTheDocument();
	await user.click(screen.getByRole('button', { name: 'Bevestigen' }));
	await waitFor(() =>
		expect(processingOf(device, 1)?.participants).toEqual([
			{ role: 'victim', pupilId: anId('pupil', 5) },
			{ role: 'bystander', pupilId: anId('pupil', 6) },
		]),
	);
	expect(device.documents.get('observation', described.id)).toEqual(described);
});

test('the coordinator sees who told it, and that nobody else does', () => {
	openInbox();
	expect(screen.getByRole('region', { name: 'Deze melding' })).toHaveTextContent(
		'Gemeld door Sanne. Alleen jij ziet wie dit meldde.',
	);
});

test('without any behaviour it cannot be confirmed, and it says why', async () => {
	const { device, user } = openInbox();
	await user.click(screen.getByRole('button', { name: 'Haal uitschelden weg' }));
	expect(screen.getByText('Kies wat er gebeurde.')).toBeInTheDocument();
	expect(screen.getByRole('button', { name: 'Bevestigen' })).toBeDisabled();
	await user.keyboard('c');
	await waitFor(() => expect(screen.getAllByText('Kies wat er gebeurde.').length).toBeGreaterThan(0));
	expect(device.saved).toEqual([]);
});

test('what could not be stored is said, and the work is still there', async () => {
	const { device, user } = openInbox();
	await user.type(screen.getByLabelText('Notitie'), 'bellen');
	device.failSavesWith({ kind: 'storageFull' });
	await user.click(screen.getByRole('button', { name: 'Bevestigen' }));
	await screen.findByText(/Het toestel is vol/);
	expect(screen.getByLabelText('Notitie')).toHaveValue('bellen');
	expect(unprocessedCount(device)).toBe(3);
});

test('all processed: it says so', async () => {
	const { user } = openInbox([anObservation(1)]);
	await user.keyboard('c');
	expect(await screen.findByText('Alles verwerkt')).toBeInTheDocument();
	await user.click(screen.getByRole('button', { name: /Verwerkt 1/ }));
	expect(within(screen.getByRole('list', { name: /nieuwste eerst/ })).getAllByRole('button')).toHaveLength(1);
});

test('the list of one group shows only what concerns it', async () => {
	const { user } = openInbox([
		anObservation(1),
		anObservation(2, { participants: [{ role: 'victim', pupilId: anId('pupil', 6) }] }),
	]);
	await user.selectOptions(screen.getByRole('combobox', { name: 'Groep' }), '8B');
	expect(within(screen.getByRole('list', { name: /nieuwste eerst/ })).getAllByRole('button')).toHaveLength(1);
	expect(row()).toContain('Yara');
});

test('a case starts from what was confirmed, and not before', async () => {
	const { user } = openInbox();
	expect(screen.queryByRole('link', { name: 'Start een aanpak hierover' })).not.toBeInTheDocument();
	await user.keyboard('{Enter}');
	await user.click(await screen.findByRole('button', { name: /Verwerkt/ }));
	expect(await screen.findByRole('link', { name: 'Start een aanpak hierover' })).toHaveAttribute(
		'href',
		`/cases/new?incident=${anId('incident', 3)}`,
	);
});

test('while the first sync is not through, it says so instead of showing half a list', () => {
	const documents = [...aRoster(), ...OBSERVATIONS];
	const device = createMemoryDevice({ session: aSession('coordinator'), documents, lastEqualAt: null });
	render(WithDevice as Component, { props: { device, component: InboxPage, props: { now: () => NOW } } });
	expect(screen.getByText('De meldingen komen eraan')).toBeInTheDocument();
	expect(document.querySelector('[data-row]')).toBeNull();
});
