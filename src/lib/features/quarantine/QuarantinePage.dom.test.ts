import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { quarantineDecisionIdFor } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { QuarantineDecision, type QuarantineEntry } from '#domain/quarantine/quarantine.ts';
import { writeRescueFile } from '#domain/sync/write-rescue.ts';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSchool, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import { openQuarantineCount } from './quarantine-items.ts';
import QuarantinePage from './QuarantinePage.svelte';

const NOW = new Date('2026-03-09T12:30:00Z');
const user = userEvent.setup();

// jsdom has no modal dialogs.
beforeEach(() => {
	HTMLDialogElement.prototype.showModal = function () {
		this.open = true;
	};
	HTMLDialogElement.prototype.close = function () {
		this.open = false;
		this.dispatchEvent(new Event('close'));
	};
});

function anEntry(n: number, item: unknown, over: Partial<QuarantineEntry> = {}): QuarantineEntry {
	return {
		type: 'quarantineEntry',
		v: 1,
		id: anId('quarantineEntry', n),
		schoolId: aSchool().id,
		authorId: anId('person', 1),
		deviceId: anId('device', 1),
		itemId: anId('observation', n),
		itemRev: 'r1',
		seq: n,
		item: typeof item === 'string' ? item : JSON.stringify(item),
		isCut: false,
		reason: 'unknownReference',
		receivedAt: `2026-03-09T12:0${n}:00.000Z` as Instant,
		...over,
	};
}

const elsewhere = (n: number, over: Partial<Observation> = {}) =>
	anEntry(n, anObservation(n, { placeId: anId('place', 99), ...over }));

function open(entries: QuarantineEntry[], role: 'supervisor' | 'coordinator' = 'coordinator') {
	const device = createMemoryDevice({ session: aSession(role), documents: [...aRoster(), ...entries] });
	render(WithDevice, { props: { device, component: QuarantinePage, props: { now: () => NOW } } });
	return device;
}

const tap = (name: string | RegExp) => user.click(screen.getByRole('button', { name }));
const decisions = (saved: readonly unknown[]) => saved.map((each) => QuarantineDecision.parse(each).decision);

test('a file that somebody brought for another says who did', async () => {
	const handIn = { by: anId('person', 3), taken: 4 };
	const at = '2026-03-09T12:00:00.000Z' as Instant;
	open([anEntry(1, null, { reason: 'other', closed: { as: 'handedIn', at }, handIn })]);
	expect(await screen.findByText(/Uit een bestand aangenomen: 4\. Ingeleverd door Marijke\./)).toBeInTheDocument();
});

test('what was told can be read, with why it was not taken and what has to change', () => {
	open([elsewhere(1), elsewhere(2, { note: 'Bij het hek' })]);
	const [newest, oldest] = screen.getAllByRole('article') as [HTMLElement, HTMLElement];
	expect(newest).toHaveTextContent('Sanne');
	expect(newest).toHaveTextContent('Bij het hek');
	expect(newest).toHaveTextContent('Dit kon niet blijven zoals het kwam: de plek.');
	expect(oldest.textContent).toMatch(/Daan .*Noor/);
});

test('accepting stores what was put right, under the name of who told it', async () => {
	const device = open([elsewhere(1)]);
	expect(openQuarantineCount(device)).toBe(1);
	await tap('Neem aan');
	expect(decisions(device.saved)).toEqual([{ kind: 'accepted', document: anObservation(1, { placeId: null }) }]);
	expect(openQuarantineCount(device)).toBe(0);
	expect(screen.getByText('Alles is aangenomen')).toBeInTheDocument();
	expect(screen.getByText('Afgehandeld (1)')).toBeInTheDocument();
});

test('a moment in the future is asked for', async () => {
	const device = open([elsewhere(1, { occurredAt: '2030-01-01T10:00' as LocalDateTime, placeId: null })]);
	const moment = screen.getByLabelText('Wanneer was het?');
	expect(moment).toHaveValue('2026-03-09T13:30');
	await user.clear(moment);
	await user.type(moment, '2026-03-09T10:15');
	await tap('Neem aan');
	expect(decisions(device.saved)).toMatchObject([{ document: { occurredAt: '2026-03-09T10:15' } }]);
});

test('without a behaviour it is not accepted until one is chosen', async () => {
	const device = open([anEntry(1, { ...anObservation(1), behaviours: ['dancing'] })]);
	await tap('Neem aan');
	expect(screen.getByRole('alert')).toHaveTextContent('Kies eerst wat er gebeurde.');
	await user.selectOptions(screen.getByLabelText('Wat gebeurde er?'), 'pushing');
	await tap('Neem aan');
	expect(decisions(device.saved)).toEqual([{ kind: 'accepted', document: anObservation(1) }]);
});

test('what cannot be read is shown as text and nothing else, and can be answered', async () => {
	const device = open([anEntry(1, '<img src=x onerror="alert(1)">', { reason: 'malformed' })]);
	const card = screen.getByRole('article');
	expect(within(card).queryByRole('button', { name: 'Neem aan' })).not.toBeInTheDocument();
	expect(within(card).queryByRole('img')).not.toBeInTheDocument();
	expect(card).toHaveTextContent('<img src=x');
	await tap('Antwoord');
	await user.type(screen.getByLabelText('Wat mist er?'), ' Wie was erbij? ');
	await tap('Verstuur');
	expect(decisions(device.saved)).toEqual([{ kind: 'answered', text: 'Wie was erbij?' }]);
	expect(device.documents.get('quarantineDecision', quarantineDecisionIdFor(anId('quarantineEntry', 1)))).toBeDefined();
});

test('a decision the server did not take is said', async () => {
	const device = open([elsewhere(1)]);
	await tap('Neem aan');
	device.refuse(quarantineDecisionIdFor(anId('quarantineEntry', 1)), 'notAllowed');
	await vi.waitFor(() => expect(screen.getByText(/De server nam dit niet aan/)).toBeInTheDocument());
});

test('it is for the coordinator only', () => {
	open([elsewhere(1)], 'supervisor');
	expect(screen.getByText('Dit is voor de coördinator.')).toBeInTheDocument();
	expect(screen.queryByRole('article')).not.toBeInTheDocument();
});

test('a rescue file is named before it is taken in, and another file is refused', async () => {
	open([]);
	const items = [{ id: anId('observation', 1), rev: 'r1', baseRev: null, seq: 1, doc: anObservation(1) }];
	const of = { personId: anId('person', 1), deviceId: anId('device', 1), items };
	const text = writeRescueFile({ madeAt: NOW.toISOString(), appVersion: '1', schoolId: aSchool().id, ...of });
	const input = screen.getByLabelText('Kies een bestand', { selector: 'input' });
	const answer = new Response(JSON.stringify({ name: 'Sanne', stored: 1, known: 0, erased: 0, refused: 0 }));
	const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer);

	await user.upload(input, new File(['{}'], 'other.json', { type: 'application/json' }));
	expect(await screen.findByText('Dit is geen reddingsbestand van Pleinwacht.')).toBeInTheDocument();
	await user.upload(input, new File([text], 'rescue.json', { type: 'application/json' }));
	expect(await screen.findByText(/Van Sanne, bewaard vandaag, aantal: 1/)).toBeInTheDocument();
	expect(fetched).not.toHaveBeenCalled();
	await tap('Lees in');
	expect(await screen.findByText(/Ingelezen. Nieuw: 1/)).toBeInTheDocument();
	expect(JSON.parse(fetched.mock.lastCall?.[1]?.body as string)).toEqual({ file: text });
});
