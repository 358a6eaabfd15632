import { render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { RoundEntry, RoundSnapshot, type Round } from '#domain/rounds/round.ts';
import type { PupilStatus, StatusDecision } from '#domain/status/status-decision.ts';
import { USUAL_DAY } from '#domain/calendar/usual-day.ts';
import type { Instant, LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import RoundPage from './RoundPage.svelte';
import RoundsPage from './RoundsPage.svelte';
import WalkPage from './WalkPage.svelte';

const NOW = new Date('2026-11-24T10:00:00Z');
const day = (text: string) => text as LocalDate;
const ROUND: Round = {
	...{ type: 'round', v: 1, id: anId('round', 1), schoolId: anId('school', 1), siteId: null },
	...{ on: day('2026-11-24'), until: day('2026-11-25'), plannedBy: anId('person', 3) },
	plannedAt: '2026-11-10T10:00:00Z' as Instant,
};

function decision(pupil: number, status: PupilStatus, from: string): StatusDecision {
	return {
		...{ type: 'statusDecision', v: 1, id: anId('statusDecision', pupil * 10 + status.length) },
		...{ schoolId: anId('school', 1), pupilId: anId('pupil', pupil), status, from: day(from), reason: 'Afgesproken' },
		evidence: {
			...{ until: day(from), reporter: 0, instigator: 5, victim: 0 },
			...{ since: null, instigatorIncrease: null, victimIncrease: null },
		},
		...{ decidedBy: anId('person', 3), decidedAt: `${from}T10:00:00Z` as Instant },
	};
}

function open(component: unknown, documents: readonly DomainDocument[], now = NOW) {
	const device = createMemoryDevice({
		session: { ...aSession('coordinator'), roles: ['principal'] },
		documents: [...aRoster(), aCalendar(), ROUND, ...documents],
	});
	const props = { now, ...(component === RoundsPage ? {} : { roundId: ROUND.id }) };
	const page = render(WithDevice, { props: { device, component: component as never, props } });
	return Object.assign(device, { page });
}

const entries = (device: ReturnType<typeof open>) =>
	device.saved.filter((doc): doc is RoundEntry => doc.type === 'roundEntry');

test('on the walk one tap says a pupil was talked to; then the parents are asked for until they know', async () => {
	const device = open(WalkPage, [decision(1, 'A1', '2026-11-20'), decision(4, 'A0', '2026-11-20')]);
	await userEvent.click(await screen.findByRole('button', { name: /Daan.*Kan zelf stoppen/ }));
	expect(entries(device).map(({ what }) => what)).toEqual([{ kind: 'talked', pupilId: anId('pupil', 1), done: true }]);
	expect(screen.getByText(/de ouders van/)).toHaveTextContent('Daan (6A)');
	await userEvent.click(screen.getByRole('button', { name: /Ouders bellen/ }));
	expect(screen.queryByText(/de ouders van/)).not.toBeInTheDocument();
	expect(entries(device).every((entry) => RoundEntry.safeParse(entry).success)).toBe(true);

	await userEvent.click(screen.getByRole('button', { name: /Daan.*Kan zelf stoppen/ }));
	expect(entries(device).at(-1)?.what).toMatchObject({ kind: 'talked', done: false });
});

test('before school is out the time is said; after it, that it is late', async () => {
	const dayParts = [...USUAL_DAY];
	const talked: RoundEntry = {
		...{ type: 'roundEntry', v: 1, id: anId('roundEntry', 1), schoolId: anId('school', 1), roundId: ROUND.id },
		...{ what: { kind: 'talked', pupilId: anId('pupil', 1), done: true }, writtenBy: anId('person', 3) },
		writtenAt: '2026-11-24T09:12:00Z' as Instant,
	};
	const documents = [aCalendar({ dayParts }), decision(1, 'A1', '2026-11-20'), talked];
	const { unmount } = open(WalkPage, documents).page;
	expect(await screen.findByText(/Nog vóór 14:15 met de ouders van/)).toHaveTextContent('Daan (6A)');
	expect(screen.getByRole('button', { name: /Daan.*om 10:12/ })).toHaveAttribute('aria-pressed', 'true');
	unmount();
	open(RoundPage, documents, new Date('2026-11-25T07:30:00Z'));
	expect(screen.getByText(/Al naar huis/)).toHaveTextContent('Daan (6A)');
});

test('a pupil who is addressed in general is on no screen of the walk, in class only a number', async () => {
	open(WalkPage, [decision(4, 'A0', '2026-11-20'), decision(1, 'A2', '2026-11-20')]);
	expect(await screen.findByText(/1 leerling op school vragen we vandaag zonder naam/)).toBeInTheDocument();
	expect(screen.queryByText('Milan')).not.toBeInTheDocument();
});

test('who was spoken to by name the round before and had nothing new gets a compliment', async () => {
	const older = anObservation(1, { occurredAt: '2026-10-20T12:14' as LocalDateTime });
	open(WalkPage, [decision(1, 'A1', '2026-10-30'), older]);
	expect(await screen.findByRole('button', { name: /Daan.*Is gestopt/ })).toBeInTheDocument();
	expect(screen.queryByRole('button', { name: /Kan zelf stoppen/ })).not.toBeInTheDocument();
});

test('while the figures are being made nobody is said to have stopped or to have gone on', async () => {
	open(RoundPage, [decision(1, 'A1', '2026-10-30')]);
	expect(screen.queryByText(/Voor de ronde staan klaar/)).not.toBeInTheDocument();
	expect(await screen.findByText(/gesprekken 0, complimenten 1/)).toBeInTheDocument();
});

test('closing keeps the figures as they stand, with the change since the round before', async () => {
	const told = (n: number, at: string) => anObservation(n, { occurredAt: at as LocalDateTime });
	const device = open(RoundPage, [
		...[told(1, '2026-10-20T12:14'), told(2, '2026-11-03T12:14'), told(3, '2026-11-24T12:14')],
		decision(1, 'A1', '2026-11-20'),
	]);
	const close = screen.getByRole('button', { name: 'Ronde afsluiten' });
	await waitFor(() => expect(close).toBeEnabled());
	await userEvent.click(close);
	const [snapshot] = device.saved.filter((doc) => doc.type === 'roundSnapshot');
	expect(RoundSnapshot.safeParse(snapshot).success).toBe(true);
	expect(snapshot).toMatchObject({
		...{ on: '2026-11-24', since: '2026-11-02', incidents: 3, incidentsSince: 2, statuses: { A1: 1, A0: 0 } },
		pupils: [
			{ pupilId: anId('pupil', 1), instigator: 3, instigatorIncrease: 2 },
			{ pupilId: anId('pupil', 2), victim: 3, victimIncrease: 2 },
		],
	});
	expect(screen.getByText(/Deze ronde is afgesloten door Marijke/)).toBeInTheDocument();
	expect(screen.queryByRole('button', { name: 'Ronde afsluiten' })).not.toBeInTheDocument();
});

test('a group is prepared with one tap, and what the session said stays with it', async () => {
	const device = open(RoundPage, []);
	await userEvent.click(screen.getByRole('button', { name: 'Zet op voorbereid: Groep 6A' }));
	const [session] = screen.getAllByRole('textbox', { name: /Verslag/ });
	if (!session) throw new Error('There is a field for the session');
	await userEvent.type(session, 'Meer toezicht bij het klimrek');
	const form = session.closest('form') as HTMLElement;
	await userEvent.click(within(form).getByRole('button', { name: 'Toevoegen' }));
	expect(entries(device).map(({ what }) => what)).toEqual([
		{ kind: 'prepared', groupId: anId('group', 6), done: true },
		{ kind: 'note', groupId: null, text: 'Meer toezicht bij het klimrek' },
	]);
	expect(screen.getByText('Groepen voorbereid: 1 van 2')).toBeInTheDocument();
	expect(session).toHaveValue('');
});

test('a round is planned on a day of its own, and the rest of the year is proposed', async () => {
	const device = open(RoundsPage, []);
	const field = await screen.findByLabelText(/Eerste dag/);
	await userEvent.type(field, '2026-11-24');
	expect(screen.getByText('Op die dag is er al een ronde.')).toBeInTheDocument();
	expect(screen.getByRole('button', { name: 'Plannen' })).toBeDisabled();
	await userEvent.click(screen.getByRole('button', { name: /Plan deze \d rondes/ }));
	const planned = device.saved.filter((doc) => doc.type === 'round');
	expect(planned.length).toBeGreaterThanOrEqual(4);
	expect(planned.every(({ on }) => on > '2026-11-24')).toBe(true);
});

test('a full device says that nothing was saved', async () => {
	const device = open(WalkPage, [decision(1, 'A1', '2026-11-20')]);
	device.failSavesWith({ kind: 'storageFull' });
	await userEvent.click(await screen.findByRole('button', { name: /Daan.*Kan zelf stoppen/ }));
	expect(screen.getByRole('alert')).toHaveTextContent('Opslaan lukt niet');
});
