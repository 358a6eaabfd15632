import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { StepInvitation } from '#domain/cases/step-invitation.ts';
import { StepRecord } from '#domain/cases/step-record.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { aCalendar, aCase } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import CasePage from './CasePage.svelte';
import InvitationsDue from './InvitationsDue.svelte';

const NOW = new Date('2026-11-10T12:00:00Z');
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

test('a colleague is asked for one step, and it is seen whether it was answered', async () => {
	const device = createMemoryDevice({
		session: aSession('teacher'),
		documents: [...aRoster(), aCalendar(), aCase(1, { protocol: 'sixSteps' })],
	});
	render(WithDevice, { props: { device, component: CasePage, props: { caseId: anId('case', 1), now: NOW } } });
	await user.click(screen.getByRole('button', { name: 'Vraag iemand voor één stap' }));
	await user.click(screen.getByRole('button', { name: 'Vraag het' }));
	expect(screen.getByRole('alert')).toHaveTextContent('Kies eerst een collega.');
	await user.selectOptions(screen.getByLabelText('Wie vraag je?'), anId('person', 1));
	await user.click(screen.getByRole('checkbox', { name: /Noor/ }));
	await user.type(screen.getByLabelText(/Wat vraag je/), 'Wil je op Noor letten?');
	await user.click(screen.getByRole('button', { name: 'Vraag het' }));
	expect(StepInvitation.parse(device.saved[0])).toMatchObject({
		...{ personId: anId('person', 1), step: 'gather', pupilIds: [anId('pupil', 2)], text: 'Wil je op Noor letten?' },
	});
	expect(screen.getByText('gevraagd, nog geen antwoord')).toBeInTheDocument();
});

test('who was asked sees the question and answers it in two lines and one tap, without holding the case', async () => {
	const invitation: StepInvitation = {
		...{ type: 'stepInvitation', v: 1, id: anId('stepInvitation', 1), schoolId: anId('school', 1), turn: 1 },
		...{ caseId: anId('case', 1), protocol: 'sixSteps', step: 'gather', personId: anId('person', 1) },
		...{ pupilIds: [anId('pupil', 2)], text: 'Wil je op Noor letten?', invitedBy: anId('person', 2) },
		invitedAt: '2026-11-09T10:00:00.000Z' as Instant,
	};
	const device = createMemoryDevice({ session: aSession('supervisor'), documents: [...aRoster(), invitation] });
	render(WithDevice, { props: { device, component: InvitationsDue, props: { now: NOW } } });
	await user.click(screen.getByRole('button', { name: 'Gedaan' }));
	expect(screen.getByRole('alert')).toHaveTextContent('Schrijf eerst op');
	await user.type(screen.getByRole('textbox'), 'Speelde alleen bij het klimrek.');
	await user.click(screen.getByRole('button', { name: 'Gedaan' }));
	expect(StepRecord.parse(device.saved[0])).toMatchObject({
		...{ step: 'gather', pupilId: anId('pupil', 2), result: 'done', note: 'Speelde alleen bij het klimrek.' },
	});
	expect(screen.queryByText('Wil je op Noor letten?')).toBeNull();
});
