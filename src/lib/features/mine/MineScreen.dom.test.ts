import { render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { quarantineDecisionIdFor } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { QuarantineDecision, QuarantineEntry } from '#domain/quarantine/quarantine.ts';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSchool, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import MineScreen from './MineScreen.svelte';

const user = userEvent.setup();
const JUST_NOW = new Date().toISOString() as Instant;
const today = (n: number, over: Partial<Observation> = {}) => anObservation(n, { notedAt: JUST_NOW, ...over });

function open(documents: Observation[] = []) {
	const device = createMemoryDevice({ session: aSession('supervisor'), documents: [...aRoster(), ...documents] });
	render(WithDevice, { props: { device, component: MineScreen, props: {} } });
	return device;
}

test('with nothing logged today it says so, and leads to logging', () => {
	open([anObservation(1)]);
	expect(screen.getByText('Vandaag meldde je nog niets')).toBeInTheDocument();
	expect(screen.getAllByRole('link', { name: 'Melden' })[0]).toHaveAttribute('href', '/capture');
});

test('each observation of today is a sentence with where it stands', async () => {
	const device = open();
	await device.save([today(1), today(2), today(3)]);
	device.arrive(anId('observation', 2));
	device.refuse(anId('observation', 3), 'unknownReference');
	await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(3));
	const [first, second, third] = screen.getAllByRole('article').reverse();
	expect(first).toHaveAccessibleName(/^Daan \(6A\) ging te ver bij Noor B\. \(6A\): duwen\. Bij het klimrek,/);
	expect(first).toHaveTextContent('bewaard op dit toestel');
	expect(second).toHaveTextContent('aangekomen');
	expect(third).toHaveTextContent('niet aangenomen');
	expect(third).toHaveTextContent('Een leerling, groep of plek bestaat niet meer. Kies opnieuw.');
	expect(within(third as HTMLElement).getByRole('link', { name: 'Herstel' })).toHaveAttribute(
		'href',
		`/capture?correct=${anId('observation', 3)}`,
	);
	expect(screen.getByText(/^2 bewaard op dit toestel, nog niet verstuurd/)).toBeInTheDocument();
});

test('what the coordinator answered stands under the reason, the newest answer only, and none to somebody else', async () => {
	const device = open();
	await device.save([today(1)]);
	device.refuse(anId('observation', 1), 'unknownReference');
	const answered = (n: number, text: string, at: Instant, author = 1) => {
		const refused = {
			...{ type: 'quarantineEntry', v: 1, id: anId('quarantineEntry', n), schoolId: aSchool().id },
			...{ authorId: anId('person', author), deviceId: anId('device', 1), itemId: anId('observation', 1) },
			...{ itemRev: `r${n}`, seq: n, item: '{}', isCut: false, reason: 'unknownReference', receivedAt: JUST_NOW },
		};
		const decision = {
			...{ type: 'quarantineDecision', v: 1, id: quarantineDecisionIdFor(anId('quarantineEntry', n)) },
			...{ schoolId: aSchool().id, entryId: anId('quarantineEntry', n), authorId: anId('person', author) },
			...{ decision: { kind: 'answered', text }, decidedBy: anId('person', 3), decidedAt: at },
		};
		return [QuarantineEntry.parse(refused), QuarantineDecision.parse(decision)];
	};
	device.receive([
		...answered(1, 'Welke plek was het?', '2026-03-09T11:00:00.000Z' as Instant),
		...answered(2, 'Die plek is weg. Kies het plein.', '2026-03-09T12:14:00.000Z' as Instant),
		...answered(3, 'Niet voor jou', '2026-03-09T13:00:00.000Z' as Instant, 2),
	]);
	const card = await screen.findByRole('article');
	await waitFor(() => expect(within(card).getByRole('figure')).toHaveTextContent('Die plek is weg. Kies het plein.'));
	expect(within(card).getByRole('figure').textContent).toMatch(/Antwoord van de coördinator, .*13:14/);
	expect(card).not.toHaveTextContent('Welke plek was het?');
	expect(card).not.toHaveTextContent('Niet voor jou');
	device.arrive(anId('observation', 1));
	await waitFor(() => expect(within(card).queryByRole('figure')).toBeNull());
});

test('what has not arrived stays in sight on later days, what arrived does not', async () => {
	const device = open();
	const lastWeek = { notedAt: '2026-03-02T11:00:00.000Z' as Instant, occurredAt: '2026-03-02T12:00' as LocalDateTime };
	await device.save([anObservation(1, lastWeek), anObservation(2, lastWeek)]);
	device.arrive(anId('observation', 2));
	await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(1));
	expect(screen.getByRole('article')).toHaveTextContent('bewaard op dit toestel');
});

test("a colleague's observation is not mine", () => {
	open([today(1, { reporterId: anId('person', 2) })]);
	expect(screen.queryByRole('article')).toBeNull();
});

test('one that was never sent is gone when withdrawn, and undo brings it back', async () => {
	const device = open();
	await device.save([today(1)]);
	await user.click(await screen.findByRole('button', { name: 'Trek in' }));
	expect(screen.queryByRole('article')).toBeNull();
	expect(device.saved.filter(({ type }) => type === 'withdrawal')).toEqual([]);
	await user.click(screen.getByRole('button', { name: 'Ongedaan maken' }));
	expect(await screen.findByRole('article')).toHaveTextContent('bewaard op dit toestel');
});

test('one that arrived gets a withdrawal, which undo takes away while it has not been sent', async () => {
	const device = open();
	await device.save([today(1)]);
	device.arrive(anId('observation', 1));
	await user.click(await screen.findByRole('button', { name: 'Trek in' }));
	await waitFor(() => expect(screen.getByRole('article')).toHaveTextContent('ingetrokken'));
	expect(device.documents.all('withdrawal')).toMatchObject([{ observationId: anId('observation', 1) }]);
	await user.click(screen.getByRole('button', { name: 'Ongedaan maken' }));
	await waitFor(() => expect(screen.getByRole('article')).toHaveTextContent('aangekomen'));
	expect(device.documents.all('withdrawal')).toEqual([]);
});

test('undo after the withdrawal was sent saves it again as another observation', async () => {
	const device = open();
	await device.save([today(1)]);
	device.arrive(anId('observation', 1));
	await user.click(await screen.findByRole('button', { name: 'Trek in' }));
	const [withdrawal] = device.documents.all('withdrawal');
	device.arrive(withdrawal?.id ?? '');
	await user.click(screen.getByRole('button', { name: 'Ongedaan maken' }));
	await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2));
});

test('a full device says what to do when a withdrawal cannot be saved', async () => {
	const device = open();
	await device.save([today(1)]);
	device.arrive(anId('observation', 1));
	device.failSavesWith({ kind: 'storageFull' });
	await user.click(await screen.findByRole('button', { name: 'Trek in' }));
	expect(await screen.findByRole('alert')).toHaveTextContent('Maak ruimte');
});

test('the button and pulling down ask for a sync', async () => {
	const device = open();
	await user.click(screen.getByRole('button', { name: 'Ververs' }));
	expect(device.syncRequests).toBe(1);
	const touch = (type: string, clientY: number) =>
		window.dispatchEvent(Object.assign(new Event(type), { touches: clientY < 0 ? [] : [{ clientY }] }));
	touch('touchstart', 10);
	touch('touchmove', 40);
	touch('touchend', -1);
	expect(device.syncRequests).toBe(1);
	touch('touchstart', 10);
	touch('touchmove', 160);
	touch('touchend', -1);
	expect(device.syncRequests).toBe(2);
});

const entry = (text: string) =>
	({
		type: 'caseEntry',
		v: 1,
		id: anId('caseEntry', 1),
		schoolId: anId('school', 1),
		caseId: anId('case', 1),
		turn: 1,
		step: 'bekijken',
		text,
		writtenBy: anId('person', 1),
		writtenAt: JUST_NOW,
	}) as DomainDocument;

test('other work of mine that was refused is here too, with the reason and what I can do', async () => {
	const device = open();
	await device.save([entry('We spraken met Noor.')]);
	device.refuse(anId('caseEntry', 1), 'notAllowed');
	const card = await screen.findByRole('article', { name: 'Notitie bij een aanpak' });
	expect(card).toHaveTextContent('niet aangenomen');
	expect(card).toHaveTextContent('Je mag dit niet opslaan. Vraag het aan de coördinator.');
	expect(within(card).getByRole('link', { name: 'Bekijk' })).toHaveAttribute('href', `/cases/${anId('case', 1)}`);
	await user.click(within(card).getByRole('button', { name: 'Probeer opnieuw' }));
	expect(device.saved).toHaveLength(2);
	expect(await screen.findByText('bewaard op dit toestel')).toBeInTheDocument();
	device.refuse(anId('caseEntry', 1), 'notAllowed');
	await user.click(await screen.findByRole('button', { name: 'Laat vervallen' }));
	await waitFor(() => expect(screen.queryByRole('article', { name: 'Notitie bij een aanpak' })).toBeNull());
});

test('when sending does not work out, everything unsent can be saved as a file', async () => {
	const device = open();
	await device.save([today(1)]);
	expect(screen.queryByText('Versturen lukt niet?')).toBeNull();
	device.setProblem('unreachable');
	await user.click(await screen.findByText('Versturen lukt niet?'));
	expect(screen.getByRole('button', { name: 'Bewaar als bestand' })).toBeInTheDocument();
});
