import { render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { emptyDraft, toggleBehaviour } from '#domain/observation/draft.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { TIMES_TO_LOG_NOTE } from '#domain/observation/time-to-log.ts';
import { whenFor } from '#domain/observation/when.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import {
	createMemoryDevice,
	type MemoryDevice,
	type MemoryDeviceOptions,
} from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import CaptureScreen from './CaptureScreen.svelte';
import { loadCaptureStart } from './kept.ts';

const user = userEvent.setup();
/** Looks as long as a person would: the next step is fetched while the first is on the screen. */
const tap = async (name: string | RegExp) => user.click(await screen.findByRole('button', { name }));
const sentence = () => document.querySelector('.sentence')?.textContent.trim();
const step = () => document.querySelector('[aria-current="step"]')?.textContent.trim();
const status = () => screen.getAllByRole('status').map((each) => each.textContent.trim());

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

const aSchoolDevice = (over: MemoryDeviceOptions = {}) =>
	createMemoryDevice({ session: aSession('supervisor'), documents: aRoster(), ...over });

async function open(device: MemoryDevice, address: { correct?: string; again?: string } = {}) {
	const start = await loadCaptureStart(device, { correct: address.correct ?? null, again: address.again ?? null });
	const oncorrected = vi.fn();
	const screen = render(WithDevice, { props: { device, component: CaptureScreen, props: { start, oncorrected } } });
	return { ...screen, oncorrected };
}

async function logPushing() {
	await tap('6A');
	await tap(/^Daan/);
	await tap(/^Milan/);
	await tap('duwen');
	await tap('Opslaan');
}

const savedObservations = (device: MemoryDevice) =>
	device.saved.filter((document): document is Observation => document.type === 'observation');

test('the commonest observation takes five taps and no key, and the sentence writes itself', async () => {
	const device = aSchoolDevice();
	await open(device);
	expect(sentence()).toBe('Wie? ging te ver bij wie?: wat?. Bij het klimrek, nu.');
	await tap('6A');
	await tap(/^Daan/);
	expect(step()).toBe('bij wie');
	await tap(/^Milan/);
	expect(step()).toBe('wat');
	await tap('duwen');
	expect(sentence()).toBe('Daan (6A) ging te ver bij Milan (6A): duwen. Bij het klimrek, nu.');
	expect(screen.getByRole('button', { name: /oranje/, pressed: true })).toHaveTextContent('voorstel');
	await tap('Opslaan');
	expect(savedObservations(device)).toMatchObject([
		{
			participants: [
				{ role: 'instigator', pupilId: anId('pupil', 1) },
				{ role: 'victim', pupilId: anId('pupil', 4) },
			],
			behaviours: ['pushing'],
			basket: 'orange',
			placeId: anId('place', 1),
			reporterId: anId('person', 1),
		},
	]);
	expect(status()).toContain('Bewaard');
	expect(step()).toBe('wie');

	// Of the next one nothing is saved yet: the word is not to be read as said of that one.
	await tap(/^Daan/);
	expect(status()).toContain('De vorige is bewaard');
});

test('a double tap on a child chooses it once', async () => {
	await open(aSchoolDevice());
	await tap('6A');
	await user.dblClick(screen.getByRole('button', { name: /^Daan/ }));
	expect(sentence()).toContain('Daan (6A) ging te ver bij wie?');
});

test('Save with something open says what, and leads there', async () => {
	const device = aSchoolDevice();
	await open(device);
	await tap('6A');
	await tap(/^Daan/);
	await tap('wat');
	await tap('Opslaan');
	expect(device.saved).toEqual([]);
	expect(step()).toBe('bij wie');
	expect(status()).toContain('Kies nog bij wie. Of ‘niemand’.');
	await tap('niemand');
	expect(step()).toBe('wat');
	expect(status()).not.toContain('Kies nog bij wie. Of ‘niemand’.');
});

test('every word of the sentence can be tapped to change it', async () => {
	await open(aSchoolDevice());
	await tap('waar: klimrek');
	expect(step()).toBe('waar');
	await tap('voetbalveld');
	expect(sentence()).toContain('Op het voetbalveld, nu.');
	expect(step()).toBe('waar');
	await tap('wie: Wie?');
	expect(step()).toBe('wie');
});

test('what is kept at every tap comes back after a reload', async () => {
	const device = aSchoolDevice();
	const first = await open(device);
	await tap('6A');
	await tap(/^Daan/);
	first.unmount();
	await open(device);
	expect(sentence()).toContain('Daan (6A) ging te ver bij wie?');
	expect(step()).toBe('bij wie');
	expect(screen.getByRole('button', { name: '6A', pressed: true })).toBeInTheDocument();
});

test('a draft whose observation was saved just before the app was closed does not come back', async () => {
	const id = anId('observation', 1);
	const now = '2026-03-09T12:00' as LocalDateTime;
	const draft = toggleBehaviour(emptyDraft({ id, placeId: null, when: whenFor('now', now) }), 'pushing');
	const kept = { draft, step: 'what', groupId: null, firstTapAt: 1 };
	const device = aSchoolDevice({ documents: [...aRoster(), anObservation(1)], notes: { 'capture.draft': kept } });
	await open(device);
	expect(sentence()).toContain('wat?');
});

test('undo takes it back and puts it on the screen again', async () => {
	const device = aSchoolDevice();
	await open(device);
	await logPushing();
	expect(device.unsentCount).toBe(1);
	await tap('Ongedaan maken');
	await waitFor(() => expect(device.unsentCount).toBe(0));
	expect(sentence()).toContain('Daan (6A) ging te ver bij Milan (6A): duwen.');
	await tap('Opslaan');
	expect(new Set(savedObservations(device).map(({ id }) => id)).size).toBe(1);
});

test('undo after it was sent withdraws it, and what is saved next is another observation', async () => {
	const device = aSchoolDevice();
	await open(device);
	await logPushing();
	const [sent] = savedObservations(device);
	device.arrive(sent?.id ?? '');
	await tap('Ongedaan maken');
	await waitFor(() => expect(device.saved.at(-1)).toMatchObject({ type: 'withdrawal', observationId: sent?.id }));
	await tap('Opslaan');
	expect(new Set(savedObservations(device).map(({ id }) => id)).size).toBe(2);
});

test('undo does not touch the next observation that is under way', async () => {
	const device = aSchoolDevice();
	await open(device);
	await logPushing();
	await tap(/^Zoë/);
	await tap('Ongedaan maken');
	await waitFor(() => expect(device.unsentCount).toBe(0));
	expect(sentence()).toContain('Zoë (6A) ging te ver bij wie?');
});

test('the same again copies the last one under a new id', async () => {
	const device = aSchoolDevice();
	await open(device);
	await logPushing();
	await tap('Nog een keer');
	expect(sentence()).toBe('Daan (6A) ging te ver bij Milan (6A): duwen. Bij het klimrek, nu.');
	await tap('Opslaan');
	const [first, second] = savedObservations(device);
	expect(second?.participants).toEqual(first?.participants);
	expect(second?.id).not.toBe(first?.id);
});

test('a full device keeps the draft and says what to do', async () => {
	const device = aSchoolDevice();
	device.failSavesWith({ kind: 'storageFull' });
	await open(device);
	await logPushing();
	expect(status().join()).toContain('Maak ruimte');
	expect(sentence()).toContain('Daan (6A) ging te ver bij Milan (6A): duwen.');
	device.failSavesWith(null);
	await tap('Opslaan');
	expect(savedObservations(device)).toHaveLength(1);
});

test('the time from the first tap to saved is kept, on the device', async () => {
	const device = aSchoolDevice();
	await open(device);
	await logPushing();
	await waitFor(async () => expect(await device.notes.get(TIMES_TO_LOG_NOTE)).toEqual([expect.any(Number)]));
});

test('next time the group, the children and the place used last stand in front', async () => {
	const device = aSchoolDevice();
	const first = await open(device);
	await tap('waar: klimrek');
	await tap('gang');
	await tap('wie: Wie?');
	await tap('8B');
	await tap(/^Yara/);
	await tap(/^Chidi/);
	await tap('duwen');
	await tap('Opslaan');
	await waitFor(async () => expect(await device.notes.get('capture.recent')).toBeDefined());
	first.unmount();
	await open(device);
	expect(sentence()).toContain('In de gang, nu.');
	const groups = within(screen.getByRole('group', { name: 'Groepen' })).getAllByRole('button');
	expect(groups.map((button) => button.textContent.trim()).filter(Boolean)).toEqual(['8B', '6A']);
	const tiles = screen.getAllByRole('listitem').map((item) => item.textContent.trim());
	expect(tiles[0]).toContain('Yara');
	expect(tiles[1]).toContain('Chidi');
});

test('good behaviour makes a green sentence, and nobody an instigator', async () => {
	const device = aSchoolDevice();
	await open(device);
	await tap('6A');
	await tap(/^Daan/);
	await tap(/^Milan/);
	await tap('aardig!');
	expect(sentence()).toContain('Daan (6A) deed iets goeds voor Milan (6A): aardig zijn.');
	await tap('Opslaan');
	expect(savedObservations(device)[0]?.participants.map(({ role }) => role)).toEqual(['contributor', 'beneficiary']);
});

test('the whole group, an unknown child and nobody who was seen are a tap away', async () => {
	const device = aSchoolDevice();
	await open(device);
	await tap('6A');
	await tap('niet gezien');
	expect(step()).toBe('bij wie');
	await tap('heel 6A');
	expect(sentence()).toContain('Iemand ging te ver bij de hele groep 6A');
	await tap('wie: Iemand');
	await tap('onbekend kind');
	await user.click(await screen.findByRole('button', { name: 'rode jas' }));
	await tap('Zet in de melding');
	expect(sentence()).toContain('Een kind (rode jas) ging te ver bij de hele groep 6A');
});

test('search forgives accents and typos, and Enter takes the first', async () => {
	await open(aSchoolDevice());
	await tap('Zoek op naam');
	await user.keyboard('zeo{Enter}');
	expect(sentence()).toContain('Zoë (6A) ging te ver');
});

test('a correction opens the observation, saves it under its own id and leads back', async () => {
	const observation = anObservation(7, { note: 'bij de glijbaan' });
	const device = aSchoolDevice({ documents: [...aRoster(), observation] });
	const { oncorrected } = await open(device, { correct: observation.id });
	expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Melding verbeteren');
	await tap('duwen');
	await tap('uitschelden');
	await tap('Opslaan');
	expect(savedObservations(device)).toMatchObject([
		{ id: observation.id, behaviours: ['nameCalling'], note: 'bij de glijbaan', occurredAt: observation.occurredAt },
	]);
	expect(oncorrected).toHaveBeenCalledOnce();
});

test('without pupils on the device an unknown child can still be logged', async () => {
	await open(aSchoolDevice({ documents: [] }));
	expect(screen.getByText(/staan nog niet op dit toestel/)).toBeInTheDocument();
	await tap('onbekend kind');
	await user.click(await screen.findByRole('button', { name: 'jongen' }));
	await tap('Zet in de melding');
	expect(sentence()).toContain('Een kind (jongen) ging te ver bij wie?');
});

test('the note, the handling and the time come along', async () => {
	const device = aSchoolDevice();
	await open(device);
	await tap('Notitie');
	await user.type(await screen.findByLabelText('Wat zag of hoorde je?'), 'Om de bal.');
	await tap('Klaar');
	await tap('Hoe opgelost');
	await user.click(await screen.findByRole('button', { name: 'aangesproken' }));
	await tap('Klaar');
	await tap('Tijd');
	await user.click(await screen.findByRole('button', { name: 'tien minuten geleden' }));
	expect(sentence()).toContain('tien minuten geleden.');
	await logPushing();
	expect(savedObservations(device)).toMatchObject([{ note: 'Om de bal.', handling: ['spoken'], precision: 'about' }]);
});

test('"the same again" from the list waits for what is still open on the screen', async () => {
	const observation = anObservation(7);
	const device = aSchoolDevice({ documents: [...aRoster(), observation] });
	const first = await open(device);
	await tap('8B');
	await tap(/^Yara/);
	first.unmount();
	await open(device, { again: observation.id });
	expect(sentence()).toContain('Yara (8B) ging te ver');
	expect(status()).toContain('Deze melding stond nog open. Maak haar eerst af.');
});
