import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FollowUpOutcome } from '#domain/cases/case.ts';
import type { DomainDocument } from '#domain/document.ts';
import { planReminders } from '#domain/reminders/plan-reminders.ts';
import type { Session } from '#domain/session.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { aCalendar, aCase, aFollowUp } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import { dueCount } from './due-for-me.ts';
import RemindersPage from './RemindersPage.svelte';

const NOW = new Date('2026-11-24T12:00:00Z');
const TODAY = '2026-11-24' as LocalDate;
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

function open(documents: DomainDocument[], session: Session = aSession('teacher')) {
	const device = createMemoryDevice({ session, documents: [...aRoster(), aCalendar(), ...documents] });
	render(WithDevice, { props: { device, component: RemindersPage, props: { now: NOW } } });
	return device;
}

const tap = (name: string | RegExp) => user.click(screen.getByRole('button', { name }));
const recorded = (documents: readonly DomainDocument[]) =>
	documents.map((each) => FollowUpOutcome.parse(each)).map(({ outcome, note }) => ({ outcome, note }));

test('what waits stands first, what comes later last, each with its window', () => {
	open([aCase(1), aFollowUp(1, '2026-11-23'), aFollowUp(2, '2026-11-02'), aFollowUp(3, '2027-01-11')]);
	expect(screen.getAllByRole('heading', { level: 2 }).map((each) => each.textContent)).toEqual([
		'Blijft nog staan',
		'Nu',
		'Later',
		'Er even niet zijn',
	]);
	const [overdue, now, later] = screen.getAllByRole('article');
	expect(overdue).toHaveTextContent('Het kon tussen maandag 2 en vrijdag 6 november. Het kan vandaag ook nog.');
	expect(now).toHaveTextContent('Hoe gaat het nu met Noor B. (6A)?');
	expect(now).toHaveTextContent('tussen maandag 23 en vrijdag 27 november');
	expect(later).toHaveTextContent('tussen maandag 11 en vrijdag 15 januari 2027');
	expect(within(later as HTMLElement).queryByRole('button')).not.toBeInTheDocument();
});

test('one tap on the answer records it with its line; it is no longer due', async () => {
	const device = open([aCase(1), aFollowUp(1, '2026-11-23')]);
	expect(dueCount(device, TODAY)).toBe(1);
	await tap('Gedaan');
	await user.type(screen.getByLabelText(/In één zin/), 'Speelt weer mee.');
	await tap('Ja');
	expect(recorded(device.saved)).toEqual([{ outcome: { kind: 'done', stopped: 'yes' }, note: 'Speelt weer mee.' }]);
	expect(screen.getByRole('status')).toHaveTextContent('Bewaard: Ja');
	expect(dueCount(device, TODAY)).toBe(0);
	expect(screen.getByText('Er wacht niets op je')).toBeInTheDocument();
});

test('what was recorded can be taken back', async () => {
	const device = open([aCase(1), aFollowUp(1, '2026-11-23')]);
	await tap('Gedaan');
	await tap('Nee');
	expect(screen.getByRole('status')).toHaveTextContent('Het gaat door.');
	await tap('Ongedaan maken');
	expect(dueCount(device, TODAY)).toBe(1);
});

test('moving says at once which days it becomes, and a day in the holidays waits for school', async () => {
	const device = open([aCase(1), aFollowUp(1, '2026-11-23')]);
	await tap('Verplaats');
	const sheet = within(screen.getByRole('dialog', { name: 'Naar welke dag?' }));
	const move = sheet.getByRole('button', { name: 'Verplaats' });
	expect(move).toBeDisabled();
	await fireEvent.input(sheet.getByLabelText('Dag'), { target: { value: '2026-11-23' } });
	expect(sheet.getByText('Kies een dag vanaf vandaag.')).toBeInTheDocument();
	await fireEvent.input(sheet.getByLabelText('Dag'), { target: { value: '2026-12-24' } });
	expect(sheet.getByText('Het wordt tussen maandag 4 en vrijdag 8 januari 2027.')).toBeInTheDocument();
	await user.click(move);
	expect(recorded(device.saved)).toEqual([{ outcome: { kind: 'moved', plannedOn: '2026-12-24' }, note: undefined }]);
	expect(dueCount(device, TODAY)).toBe(0);
	expect(screen.getByText('Nu even niets')).toBeInTheDocument();
});

test('it can be handed over to somebody who can read the case, and is then no longer mine', async () => {
	const device = open([aCase(1), aFollowUp(1, '2026-11-23')]);
	await tap('Geef door');
	const sheet = within(screen.getByRole('dialog', { name: 'Wie doet het verder?' }));
	expect(sheet.getAllByRole('radio').map((each) => each.closest('label')?.querySelector('span')?.textContent)).toEqual([
		'Marijke',
	]);
	await user.click(sheet.getByRole('radio'));
	await user.click(sheet.getByRole('button', { name: 'Geef door' }));
	expect(recorded(device.saved)).toEqual([
		{ outcome: { kind: 'handedOver', ownerId: anId('person', 3) }, note: undefined },
	]);
	expect(screen.getByText('Er wacht niets op je')).toBeInTheDocument();
});

test("a colleague's look back is not mine, and a reminder alone is shown without a name", () => {
	const elsewhere = aFollowUp(9, '2026-11-23', { caseId: anId('case', 9) });
	const fromServer = planReminders({
		cases: [],
		followUps: [elsewhere],
		outcomes: [],
		verdicts: [],
		calendars: [aCalendar()],
	});
	open([aCase(1), aFollowUp(1, '2026-11-23', { ownerId: anId('person', 3) }), ...fromServer]);
	expect(screen.getAllByRole('article')).toHaveLength(1);
	expect(screen.getByRole('article')).toHaveTextContent('Hoe gaat het nu met een kind uit een aanpak?');
});

test('when it cannot be saved, it says so and it stays due', async () => {
	const device = open([aCase(1), aFollowUp(1, '2026-11-23')]);
	device.failSavesWith({ kind: 'storageFailed' });
	await tap('Gedaan');
	await tap('Ja');
	expect(screen.getByRole('alert')).toHaveTextContent('Bewaren lukte niet');
	expect(dueCount(device, TODAY)).toBe(1);
});

test('an absence is noted with who stands in, and what is due goes there; days the wrong way round are refused', async () => {
	const device = open([aCase(1), aFollowUp(1, '2026-11-23')]);
	await tap('Zet een afwezigheid erin');
	await fireEvent.input(screen.getByLabelText('Tot en met'), { target: { value: '2026-11-27' } });
	await fireEvent.input(screen.getByLabelText('Van'), { target: { value: '2026-11-30' } });
	await tap('Zet erin');
	expect(screen.getByRole('alert')).toHaveTextContent('De laatste dag ligt vóór de eerste.');
	await fireEvent.input(screen.getByLabelText('Van'), { target: { value: '2026-11-24' } });
	await user.selectOptions(screen.getByLabelText('Wie vervangt?'), 'Marijke');
	await tap('Zet erin');
	expect(device.saved).toMatchObject([
		{ type: 'absence', personId: anId('person', 2), standInId: anId('person', 3), from: '2026-11-24' },
	]);
	expect(await screen.findByText('Vervanger: Marijke')).toBeInTheDocument();
	// From now on it is Marijke's: nothing waits for who is away.
	expect(screen.queryByRole('article')).not.toBeInTheDocument();
});
