import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { CaseEntry, CaseVerdict, FollowUp } from '#domain/cases/case.ts';
import type { DomainDocument } from '#domain/document.ts';
import { incidentIdFor } from '#domain/id.ts';
import type { Session } from '#domain/session.ts';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar, aCase, aCaseEntry, aFollowUp } from '#tests/factories/cases.ts';
import { createMemoryDevice, type MemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import CasePage from './CasePage.svelte';
import CasesPage from './CasesPage.svelte';
import NewCasePage from './NewCasePage.svelte';

const NOW = new Date('2026-11-24T12:00:00Z');
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

function aDevice(documents: DomainDocument[], session: Session = aSession('teacher')): MemoryDevice {
	return createMemoryDevice({ session, documents: [...aRoster(), aCalendar(), ...documents] });
}

function open(device: MemoryDevice, caseId: string = anId('case', 1)) {
	return render(WithDevice, { props: { device, component: CasePage, props: { caseId, now: NOW } } });
}

function openNew(device: MemoryDevice, from: { pupilId?: string; incidentId?: string }) {
	const onstarted = vi.fn();
	render(WithDevice, { props: { device, component: NewCasePage, props: { ...from, now: NOW, onstarted } } });
	return onstarted;
}

const tap = (name: string | RegExp) => user.click(screen.getByRole('button', { name }));
const step = () => screen.getByRole('heading', { level: 2, name: /^B/ }).textContent;

test('a new case opens at see; what is written is added with who and when, and the next step is open', async () => {
	const device = aDevice([aCase(1)]);
	open(device);
	expect(step()).toBe('Bekijken');
	expect(screen.getByRole('button', { name: 'Schrijf erbij' })).toBeDisabled();
	await user.type(screen.getByLabelText('Schrijf op wat belangrijk is'), 'Mag niet meedoen.');
	await tap('Schrijf erbij');
	expect(CaseEntry.parse(device.saved[0])).toMatchObject({ turn: 1, step: 'bekijken', text: 'Mag niet meedoen.' });
	expect(screen.getAllByText('Mag niet meedoen.').length).toBeGreaterThan(0);
	expect(screen.getByText(/^jij, /)).toBeInTheDocument();
	expect(screen.getByLabelText('Schrijf op wat belangrijk is')).toHaveValue('');
});

test('what is being written is kept on the device, step by step, and is there again', async () => {
	const device = aDevice([aCase(1)]);
	const { unmount } = open(device);
	await user.type(screen.getByLabelText('Schrijf op wat belangrijk is'), 'half af');
	await tap('Begrijpen');
	expect(screen.getByLabelText('Schrijf op wat belangrijk is')).toHaveValue('');
	unmount();
	open(device);
	expect(await screen.findByDisplayValue('half af')).toBeInTheDocument();
	expect(device.saved).toEqual([]);
});

test('a look back that nobody planned stands on top when it is due, and is recorded there', async () => {
	const device = aDevice([aCase(1), aCaseEntry(1, { step: 'beslissen' })]);
	open(device);
	const waiting = screen.getByText('Terugkijken met het slachtoffer').closest('details') as HTMLElement;
	expect(waiting.textContent).toMatch(/maandag 23 .* vrijdag 27 november/i);
	await user.click(within(waiting).getByLabelText('Ja'));
	await user.click(within(waiting).getByRole('button', { name: 'Bewaar' }));
	expect(device.saved).toMatchObject([
		{ step: 'lookBackSoon', pupilId: anId('pupil', 2), answers: [{ field: 'stopped', value: 'yes' }] },
	]);
	expect(screen.queryByText('Terugkijken met het slachtoffer')).not.toBeInTheDocument();
	expect(screen.getByText('Terugkijken met wie het deed')).toBeInTheDocument();
});

test('each step has its own questions that help', async () => {
	open(aDevice([aCase(1)]));
	for (const [name, question] of [
		['Bekijken', /onder vier ogen/],
		['Begrijpen', /erbij horen/],
		['Beslissen', /Hebben ze er vertrouwen in/],
		['Bijsturen', /op school en thuis/],
		['Beoordelen', /Wat zegt het slachtoffer zelf/],
	] as const) {
		await tap(name);
		expect(step()).toBe(name);
		expect(screen.getByText(question)).toBeVisible();
	}
});

test('two look backs are proposed with the victim; date and child can be changed before they are set', async () => {
	const device = aDevice([aCase(1)]);
	open(device);
	await tap('Beslissen');
	const soon = screen.getByRole('group', { name: 'Na twee weken' });
	const late = screen.getByRole('group', { name: 'Na acht weken' });
	expect(within(soon).getByLabelText('Wanneer')).toHaveValue('2026-12-08');
	expect(within(late).getByLabelText('Wanneer')).toHaveValue('2027-01-19');
	await fireEvent.input(within(late).getByLabelText('Wanneer'), { target: { value: '2026-12-24' } });
	expect(late).toHaveTextContent('tussen maandag 4 en vrijdag 8 januari 2027');
	await user.selectOptions(within(late).getByLabelText('Met wie'), 'Daan (6A)');
	await tap('Leg de momenten vast');
	expect(device.saved.map((each) => FollowUp.parse(each)).map(({ about, plannedOn }) => [about, plannedOn])).toEqual([
		[{ pupilId: anId('pupil', 2), role: 'victim' }, '2026-12-08'],
		[{ pupilId: anId('pupil', 1), role: 'instigator' }, '2026-12-24'],
	]);
	expect(screen.getByText('Momenten om op te volgen')).toBeInTheDocument();
});

test('judging shows the figures of the start beside those of now, and asks how it can be seen', async () => {
	const on = (n: number, day: string) => anObservation(n, { occurredAt: `${day}T12:14` as LocalDateTime });
	const device = aDevice([
		aCase(1),
		aFollowUp(1, '2027-01-11'),
		on(1, '2026-10-29'),
		on(2, '2026-11-03'),
		on(3, '2026-11-05'),
		on(4, '2026-11-17'),
	]);
	open(device);
	await tap('Beoordelen');
	const noor = screen.getByRole('row', { name: /Noor/ });
	expect(
		within(noor)
			.getAllByRole('cell')
			.map((each) => each.textContent.trim()),
	).toEqual(['3', '1', '1']);
	expect(screen.getByText(/kleine aantallen/)).toBeInTheDocument();
	expect(screen.getByText(/Daarna kijk je nog een keer tussen maandag 11 en vrijdag 15 januari/)).toBeInTheDocument();
	await tap('Ja, het is gestopt');
	expect(screen.getByRole('alert')).toHaveTextContent('Schrijf eerst op');
	expect(device.saved).toEqual([]);
});

test('not stopped starts the next turn at see; what was learned stays in the story', async () => {
	const device = aDevice([aCase(1), aCaseEntry(1)]);
	open(device);
	await tap('Beoordelen');
	await user.type(screen.getByLabelText('Waaraan zie je dat, en wat hielp?'), 'Hij is weer alleen.');
	await tap('Nee, begin ronde 2');
	expect(CaseVerdict.parse(device.saved[0])).toMatchObject({ turn: 1, verdict: 'notStopped' });
	expect(screen.getByText('Ronde 2 · sinds 9 november')).toBeInTheDocument();
	expect(step()).toBe('Bekijken');
	expect(screen.getByText('Hij is weer alleen.')).toBeInTheDocument();
});

test('stopped closes the case, and it can be taken up again', async () => {
	const device = aDevice([aCase(1)]);
	open(device);
	await tap('Beoordelen');
	await user.type(screen.getByLabelText('Waaraan zie je dat, en wat hielp?'), 'Ze speelt mee.');
	await tap('Ja, het is gestopt');
	expect(screen.getByText(/^Gestopt op/)).toBeInTheDocument();
	// Children often say it stopped and are victims again later (5B-07).
	expect(FollowUp.parse(device.saved[1])).toMatchObject({ plannedOn: '2027-01-19', about: { role: 'victim' } });
	expect(screen.queryByRole('button', { name: 'Schrijf erbij' })).not.toBeInTheDocument();
	await tap('Het is toch niet gestopt');
	const sheet = within(screen.getByRole('dialog'));
	await user.type(sheet.getByLabelText('Wat gebeurde er?'), 'Vandaag weer.');
	await user.click(sheet.getByRole('button', { name: 'Begin ronde 2' }));
	expect(screen.getByText('Ronde 2 · sinds 9 november')).toBeInTheDocument();
});

test('the child it was aimed at is named first, however the case was opened', () => {
	const [victim, instigator] = aCase(1).pupils;
	open(aDevice([aCase(1, { pupils: [instigator, victim].flatMap((each) => each ?? []) })]));
	expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Noor B. (6A) en Daan (6A)');
});

test('a look back that is due stands on top', () => {
	open(aDevice([aCase(1), aFollowUp(1, '2026-11-23')]));
	expect(screen.getByText(/Hoe gaat het nu met/)).toHaveTextContent('Hoe gaat het nu met Noor B.?');
});

test('the opener lets a colleague in; a colleague who only works on it cannot', async () => {
	const device = aDevice([aCase(1)]);
	const { unmount } = open(device);
	await tap('Wijzig');
	await user.click(within(screen.getByRole('dialog')).getByRole('checkbox', { name: /Marijke/ }));
	await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Bewaar' }));
	expect(device.saved).toMatchObject([{ memberIds: [anId('person', 2), anId('person', 3)] }]);
	unmount();
	const other = aSession('teacher', { personId: anId('person', 9) });
	open(aDevice([aCase(1, { memberIds: [anId('person', 2), anId('person', 9)] })], other));
	expect(screen.queryByRole('button', { name: 'Wijzig' })).not.toBeInTheDocument();
});

test('no text on a case puts blame on a child', async () => {
	open(aDevice([aCase(1)]));
	for (const name of ['Begrijpen', 'Beslissen', 'Bijsturen', 'Beoordelen']) {
		await tap(name);
		expect(document.body.textContent).not.toMatch(/\b(dader|schuldig|straf)/i);
	}
});

test('a case that is not on this device is calmly not there', () => {
	open(aDevice([]));
	expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Deze aanpak is er niet');
});

test('a case starts from a pupil, in the role that fits what was noted', async () => {
	const device = aDevice([anObservation(1, { occurredAt: '2026-11-17T12:14' as LocalDateTime })]);
	const onstarted = openNew(device, { pupilId: anId('pupil', 1) });
	expect(screen.getByRole('listitem')).toHaveTextContent('Daan (6A)');
	await tap('Begin de aanpak');
	expect(device.saved).toMatchObject([
		{ type: 'case', pupils: [{ pupilId: anId('pupil', 1), role: 'instigator' }], memberIds: [anId('person', 2)] },
	]);
	expect(onstarted).toHaveBeenCalledWith(device.saved[0]?.id);
});

test('a case starts from an incident with who was in it', async () => {
	const device = aDevice([anObservation(1)]);
	openNew(device, { incidentId: incidentIdFor(anId('observation', 1)) });
	await tap('Begin de aanpak');
	expect(device.saved).toMatchObject([
		{
			incidentIds: [incidentIdFor(anId('observation', 1))],
			pupils: [
				{ pupilId: anId('pupil', 2), role: 'victim' },
				{ pupilId: anId('pupil', 1), role: 'instigator' },
			],
		},
	]);
});

test('without a pupil of the own group a teacher is told what to choose', async () => {
	const device = aDevice([]);
	openNew(device, {});
	await tap('Begin de aanpak');
	expect(screen.getByRole('alert')).toHaveTextContent('Kies eerst een leerling.');
	const instigators = within(screen.getByRole('group', { name: 'Wie gaat te ver?' }));
	await user.click(instigators.getByRole('button', { name: 'Kies een leerling' }));
	await user.selectOptions(instigators.getByLabelText('Of kies een groep'), '8B');
	await user.click(instigators.getByRole('button', { name: 'Sem' }));
	await tap('Begin de aanpak');
	expect(screen.getByRole('alert')).toHaveTextContent('uit je eigen groep');
	expect(device.saved).toEqual([]);
});

test('a child is found by a name that is not spelled quite right, moves to the other side and goes again', async () => {
	const device = aDevice([]);
	openNew(device, {});
	const victims = within(screen.getByRole('group', { name: 'Wie heeft er last van?' }));
	const instigators = within(screen.getByRole('group', { name: 'Wie gaat te ver?' }));
	await user.type(victims.getByRole('combobox', { name: 'Zoek op naam' }), 'Noorr{Enter}');
	expect(victims.getByRole('button', { name: 'Kies een leerling' })).toHaveFocus();
	await tap(/^Haal Noor/);
	await user.click(victims.getByRole('button', { name: 'Kies een leerling' }));
	await user.click(victims.getByRole('button', { name: 'Daan' }));
	await user.click(instigators.getByRole('button', { name: 'Kies een leerling' }));
	await user.click(instigators.getByRole('button', { name: 'Daan' }));
	await user.click(victims.getByRole('button', { name: 'Kies een leerling' }));
	await user.click(victims.getByRole('button', { name: 'Toch niemand' }));
	expect(victims.getByRole('button', { name: 'Kies een leerling' })).toHaveFocus();
	await tap('Begin de aanpak');
	expect(device.saved).toMatchObject([{ pupils: [{ pupilId: anId('pupil', 1), role: 'instigator' }] }]);
});

test('a case that is open for the same pupil is pointed out', () => {
	openNew(aDevice([aCase(1)]), { pupilId: anId('pupil', 2) });
	expect(screen.getByRole('link', { name: 'Open die' })).toHaveAttribute('href', `/cases/${anId('case', 1)}`);
});

test('the list shows open cases first, the one that waits longest on top', () => {
	const device = aDevice([
		aCase(1),
		aCase(2, { pupils: [{ pupilId: anId('pupil', 4), role: 'victim' }] }),
		aFollowUp(1, '2026-11-23', { caseId: anId('case', 2) }),
	]);
	render(WithDevice, { props: { device, component: CasesPage, props: { now: NOW } } });
	const cards = screen.getAllByRole('link').filter((each) => /^\/cases\/cas_/.test(each.getAttribute('href') ?? ''));
	expect(cards.map((each) => each.querySelector('strong')?.textContent.trim())).toEqual([
		'Milan (6A)',
		'Noor B. (6A) en Daan (6A)',
	]);
	expect(cards[0]).toHaveTextContent('Opvolgen tussen maandag 23 en vrijdag 27 november');
});

test('a case that another protocol closed stands among the closed ones', () => {
	const closed = CaseVerdict.parse({
		...{ type: 'caseVerdict', v: 1, id: anId('caseVerdict', 1), schoolId: anId('school', 1), caseId: anId('case', 2) },
		...{ turn: 1, verdict: 'stopped', text: 'Het gaat goed.', judgedBy: anId('person', 2) },
		judgedAt: '2026-11-20T09:00:00.000Z',
	});
	const device = aDevice([aCase(1), aCase(2, { protocol: 'roundTalks' }), closed]);
	render(WithDevice, { props: { device, component: CasesPage, props: { now: NOW } } });
	const under = (name: string) => screen.getByRole('heading', { level: 2, name }).closest('section');
	expect(within(under('Loopt') as HTMLElement).getAllByRole('link')).toHaveLength(1);
	expect(under('Afgesloten')).toHaveTextContent('gestopt op 20 november');
});

test('the questions of a step are asked beside the text: four points weigh, the plan fills the tracks, consent is asked', async () => {
	const device = aDevice([
		aCase(1),
		aCaseEntry(1),
		aCaseEntry(2, { step: 'begrijpen', writtenAt: '2026-11-10T09:00:00.000Z' as Instant }),
	]);
	open(device);
	expect(step()).toBe('Beslissen');
	expect(screen.getAllByText('Nog niets gepland')).toHaveLength(5);
	await user.click(screen.getByText('Vul de vragen van deze stap in'));
	expect(screen.getByText(/Beantwoord de vier punten/)).toBeInTheDocument();
	await user.click(screen.getByRole('radio', { name: 'Al lang' }));
	expect(screen.getByText(/Voor confronterend: 1/)).toHaveTextContent('Nog open: 3.');
	await user.type(screen.getByLabelText('Voor het slachtoffer'), 'Elke dag even praten');
	await user.click(screen.getByRole('button', { name: 'Ja' }));
	await user.click(screen.getByRole('button', { name: 'Bewaar' }));
	expect(device.saved).toMatchObject([
		{ type: 'consent', consent: 'plan', given: 'yes' },
		{ type: 'stepRecord', step: 'beslissen', result: 'done' },
	]);
	expect(screen.getAllByText('Nog niets gepland')).toHaveLength(4);
	expect(screen.getByText('Elke dag even praten')).toBeInTheDocument();
});
