import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Consent, StepRecord } from '#domain/cases/step-record.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { ProtocolName } from '#domain/protocols/protocol.ts';
import { aCalendar, aCase } from '#tests/factories/cases.ts';
import { createMemoryDevice, type MemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { aRoster, aSession, anId } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import CasePage from './CasePage.svelte';

const NOW = new Date('2026-11-10T12:00:00Z');
const user = userEvent.setup();

function open(protocol: ProtocolName, documents: DomainDocument[] = []): MemoryDevice {
	const device = createMemoryDevice({
		session: aSession('teacher'),
		documents: [...aRoster(), aCalendar(), aCase(1, { protocol }), ...documents],
	});
	render(WithDevice, { props: { device, component: CasePage, props: { caseId: anId('case', 1), now: NOW } } });
	return device;
}

const part = (name: string) => {
	const section = screen.getByRole('heading', { level: 2, name }).closest('section');
	if (!section) throw new Error(`no part ${name}`);
	return within(section);
};
const titles = (name: string) =>
	part(name)
		.queryAllByText((_, node) => node?.tagName === 'STRONG')
		.map((each) => each.textContent);

test('what is to be done now stands on top, open; the rest waits', () => {
	open('sixSteps');
	expect(titles('Nu te doen')).toEqual(['Informatie verzamelen', 'Gesprek met het slachtoffer']);
	expect(titles('Later')).toContain('Afspraken op papier');
	expect(screen.getByText(/Zes stappen voor/)).toBeInTheDocument();
});

test('a talk is two lines and one tap, and what follows stands on top', async () => {
	const device = open('sixSteps');
	const first = part('Nu te doen');
	await user.type(first.getAllByLabelText(/In twee zinnen/)[0] as HTMLElement, 'Gebeurt in de gang.');
	await user.click(first.getByLabelText("Collega's gevraagd"));
	await user.click(first.getAllByRole('button', { name: 'Bewaar' })[0] as HTMLElement);
	expect(StepRecord.parse(device.saved[0])).toMatchObject({
		...{ step: 'gather', turn: 1, on: '2026-11-10', note: 'Gebeurt in de gang.', checked: ['colleagues'] },
	});
	expect(titles('Gedaan')).toContain('Informatie verzamelen');
	expect(screen.getByText('Gebeurt in de gang.')).toBeInTheDocument();
});

test('a decision needs an outcome, and says so', async () => {
	const device = open('roundTalks');
	const now = part('Nu te doen');
	await user.click(now.getByRole('button', { name: 'Bewaar' }));
	expect(now.getByRole('alert')).toHaveTextContent('Kies een uitkomst.');
	await user.click(now.getByLabelText('A1: stopt op eigen kracht'));
	await user.click(now.getByRole('button', { name: 'Bewaar' }));
	expect(device.saved).toMatchObject([{ step: 'prepare', outcome: 'a1' }]);
	expect(titles('Nu te doen')).toEqual(['Gesprek met de leerling (A1)']);
});

test('a step is left out only with why', async () => {
	const device = open('reportingCode');
	const now = part('Nu te doen');
	await user.click(now.getByRole('button', { name: 'Overslaan' }));
	expect(now.getByRole('alert')).toBeInTheDocument();
	await user.type(now.getByLabelText(/In twee zinnen/), 'Al bekend.');
	await user.click(now.getByRole('button', { name: 'Overslaan' }));
	expect(device.saved).toMatchObject([{ result: 'skipped', note: 'Al bekend.' }]);
});

test('consent is asked where a step needs it, and can be taken back', async () => {
	const record = (n: number, step: string, outcome?: string) =>
		StepRecord.parse({
			...{ type: 'stepRecord', v: 1, id: anId('stepRecord', n), schoolId: anId('school', 1), caseId: anId('case', 1) },
			...{ turn: 1, step, result: 'done', on: '2026-11-10', ...(outcome && { outcome }) },
			...{ recordedBy: anId('person', 2), recordedAt: `2026-11-10T09:00:0${n}.000Z` },
		});
	const device = open('supportGroup', [record(1, 'prepare', 'eachAlone'), record(2, 'talkVictim')]);
	const now = part('Nu te doen');
	expect(now.getByText(/Nog niet gevraagd/)).toBeInTheDocument();
	await user.click(now.getByRole('button', { name: 'Ja' }));
	expect(Consent.parse(device.saved[0])).toMatchObject({
		consent: 'helpWanted',
		given: 'yes',
		pupilId: anId('pupil', 2),
	});
	await user.click(now.getByRole('button', { name: 'Ingetrokken' }));
	expect(device.saved[1]).toMatchObject({ given: 'withdrawn' });
});

test('a closed case leaves looking back, and deciding otherwise takes it up again', async () => {
	const record = (n: number, step: string, on: string, outcome?: string) =>
		StepRecord.parse({
			...{ type: 'stepRecord', v: 1, id: anId('stepRecord', n), schoolId: anId('school', 1), caseId: anId('case', 1) },
			...{ turn: 1, step, result: 'done', on, ...(outcome && { outcome }) },
			...{ recordedBy: anId('person', 2), recordedAt: `${on}T09:00:00.000Z` },
		});
	const device = open('sixSteps', [
		record(1, 'gather', '2026-11-09'),
		record(2, 'agreements', '2026-11-09'),
		record(3, 'twoWeeks', '2026-11-10', 'goesWell'),
		record(4, 'compliance', '2026-11-10', 'stopped'),
	]);
	expect(screen.getByText(/Deze aanpak is afgesloten op/)).toHaveTextContent('Leg dan “Vier weken volgen” hieronder');
	expect(screen.queryByRole('heading', { level: 2, name: 'Kan ook' })).not.toBeInTheDocument();
	expect(titles('Momenten om op te volgen')).toEqual(['Nog eens vragen, veel later']);
	const late = part('Momenten om op te volgen');
	await user.click(late.getByText('Nog eens vragen, veel later'));
	await user.click(late.getByRole('button', { name: 'Bewaar' }));
	expect(device.saved).toMatchObject([{ step: 'lookBackLate', turn: 1 }]);

	const decision = part('Gedaan').getByText('Vier weken volgen').closest('details') as HTMLElement;
	await user.click(within(decision).getByText('Vier weken volgen'));
	await user.click(within(decision).getByLabelText('Het is niet gestopt'));
	await user.click(within(decision).getByRole('button', { name: 'Bewaar' }));
	expect(screen.queryByText(/Deze aanpak is afgesloten op/)).not.toBeInTheDocument();
	expect(titles('Nu te doen')).toContain('Tweede gesprek, met ouders');
});

test('a step for which there is nobody can be read, not recorded', async () => {
	const alone = [{ pupilId: anId('pupil', 1), role: 'instigator' as const }];
	const device = createMemoryDevice({
		session: aSession('teacher'),
		documents: [...aRoster(), aCalendar(), aCase(1, { protocol: 'sixSteps', pupils: alone })],
	});
	render(WithDevice, { props: { device, component: CasePage, props: { caseId: anId('case', 1), now: NOW } } });
	const step = part('Gedaan').getByText('Gesprek met het slachtoffer').closest('details') as HTMLElement;
	await user.click(within(step).getByText('Gesprek met het slachtoffer'));
	expect(within(step).queryByRole('button', { name: 'Bewaar' })).not.toBeInTheDocument();
});
