import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { FollowUp } from '#domain/cases/case.ts';
import { NonContract } from '#domain/cases/non-contract.ts';
import { aCalendar, aCase, aFollowUp } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import CasePage from './CasePage.svelte';
import NewNonContractPage from './NewNonContractPage.svelte';
import NonContractPage from './NonContractPage.svelte';

const NOW = new Date('2026-11-10T12:00:00Z');
const user = userEvent.setup();

const aDevice = () =>
	createMemoryDevice({ session: aSession('teacher'), documents: [...aRoster(), aCalendar(), aCase(1)] });

test('what to stop and what to do instead are enough; its evaluation comes back with the child', async () => {
	const device = aDevice();
	const onwritten = vi.fn();
	const props = { caseId: anId('case', 1), now: NOW, onwritten };
	render(WithDevice, { props: { device, component: NewNonContractPage, props } });
	await user.click(screen.getByRole('button', { name: /Bewaar/ }));
	expect(screen.getByRole('alert')).toHaveTextContent('Vul in waarmee het kind stopt');
	expect(device.saved).toEqual([]);
	await user.type(screen.getByLabelText('Hiermee wil ik stoppen'), 'Uitschelden');
	await user.type(screen.getByLabelText('Dit ga ik voortaan doen'), 'Weglopen');
	await user.click(screen.getByRole('button', { name: /Bewaar/ }));
	const contract = NonContract.parse(device.saved[0]);
	expect(contract).toMatchObject({ pupilId: anId('pupil', 1), behaviour: 'Uitschelden', signed: [] });
	expect(contract).not.toHaveProperty('help');
	expect(FollowUp.parse(device.saved[1])).toMatchObject({
		...{ about: { pupilId: anId('pupil', 1), role: 'instigator' }, plannedOn: contract.evaluateOn },
		...{ nonContractId: contract.id, ownerId: anId('person', 2) },
	});
	expect(onwritten).toHaveBeenCalledWith(contract.id);
});

test("in the five B's it decides nothing: both look backs are still proposed, and closing still sets the late one", async () => {
	const evaluation = aFollowUp(1, '2027-02-01', { nonContractId: anId('nonContract', 1) });
	const device = aDevice();
	device.receive([evaluation]);
	render(WithDevice, { props: { device, component: CasePage, props: { caseId: anId('case', 1), now: NOW } } });
	expect(screen.getByRole('heading', { level: 2, name: 'Bekijken' })).toBeInTheDocument();
	await user.click(screen.getByRole('button', { name: 'Beslissen' }));
	expect(screen.getByRole('group', { name: 'Na twee weken' })).toBeInTheDocument();
	expect(screen.getByRole('group', { name: 'Na acht weken' })).toBeInTheDocument();
	await user.click(screen.getByRole('button', { name: 'Beoordelen' }));
	await user.type(screen.getByLabelText('Waaraan zie je dat, en wat hielp?'), 'Speelt mee.');
	await user.click(screen.getByRole('button', { name: 'Ja, het is gestopt' }));
	const late = device.documents.all('followUp').filter(({ id }) => id !== evaluation.id);
	expect(late).toMatchObject([{ about: { role: 'victim' } }]);
	expect(late[0]).not.toHaveProperty('nonContractId');
});

test('who signed on paper is ticked with its day, and can be unticked', async () => {
	const device = aDevice();
	device.receive([
		{
			...{ type: 'nonContract', v: 1, id: anId('nonContract', 1), schoolId: anId('school', 1), turn: 1, signed: [] },
			...{ caseId: anId('case', 1), pupilId: anId('pupil', 1), behaviour: 'Uitschelden', instead: 'Weglopen' },
			...{ evaluateOn: '2026-11-24' as never, writtenBy: anId('person', 2) },
			writtenAt: '2026-11-10T10:00:00.000Z' as never,
		},
	]);
	const props = { contractId: anId('nonContract', 1), now: NOW };
	render(WithDevice, { props: { device, component: NonContractPage, props } });
	expect(screen.getByText('Daan Visser')).toBeInTheDocument();
	await user.click(screen.getByRole('checkbox', { name: 'Ouder' }));
	expect(NonContract.parse(device.saved[0]).signed).toEqual([{ who: 'parent', on: '2026-11-10' }]);
	await user.click(screen.getByRole('checkbox', { name: /Ouder · 10 november/ }));
	expect(NonContract.parse(device.saved[1]).signed).toEqual([]);
});
