import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { Signal, SignalReview } from '#domain/signals/signal.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, aRoster, aSession } from '#tests/factories/school.ts';
import { aSignal } from '#tests/factories/signals.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import NewSignalPage from './NewSignalPage.svelte';
import SignalsDue from './SignalsDue.svelte';
import SignalsPage from './SignalsPage.svelte';

const NOW = new Date('2026-11-20T12:00:00Z');
const user = userEvent.setup();

function open(
	component: typeof NewSignalPage,
	documents: readonly DomainDocument[] = [],
	role: 'supervisor' | 'teacher' | 'coordinator' = 'teacher',
	props: object = {},
) {
	const device = createMemoryDevice({ session: aSession(role), documents: [...aRoster(), ...documents] });
	render(WithDevice, { props: { device, component, props: { now: NOW, ...props } } });
	return device;
}

const tap = (name: string) => user.click(screen.getByRole('button', { name }));

test('a supervisor notes a concern in three taps; what was saved can be taken back until it is sent', async () => {
	const device = open(NewSignalPage, [], 'supervisor', { pupilId: anId('pupil', 2) });
	await tap('Vaak alleen');
	await user.click(screen.getByLabelText('Een ouder vertelde het'));
	await tap('Bewaar');
	expect(Signal.parse(device.saved[0])).toMatchObject({
		...{ pupilId: anId('pupil', 2), kinds: ['alone'], from: 'parent', on: '2026-11-20', notedBy: anId('person', 1) },
	});
	await tap('Ongedaan maken');
	expect(screen.getByText('Het signaal is weg.')).toBeInTheDocument();
	expect(device.documents.all('signal')).toEqual([]);
});

test('without a pupil or anything noticed nothing is saved, and it says what is missing', async () => {
	const device = open(NewSignalPage);
	await tap('Bewaar');
	expect(screen.getByRole('alert')).toHaveTextContent('Kies eerst een leerling.');
	await user.selectOptions(screen.getByLabelText('Of kies een groep'), '6A');
	await tap('Daan');
	await tap('Bewaar');
	expect(screen.getByRole('alert')).toHaveTextContent('Tik aan wat je opvalt.');
	expect(device.saved).toEqual([]);
});

test('the child is found by a name that is not spelled quite right, and can be changed', async () => {
	const device = open(NewSignalPage, [], 'supervisor');
	await user.type(screen.getByRole('combobox', { name: 'Zoek op naam' }), 'Noorr{Enter}');
	await tap('Ander kind');
	await user.type(screen.getByRole('combobox', { name: 'Zoek op naam' }), 'Dan{Enter}');
	await tap('Vaak alleen');
	await tap('Bewaar');
	expect(device.saved).toMatchObject([{ pupilId: anId('pupil', 1) }]);
	expect(screen.getByRole('combobox', { name: 'Zoek op naam' })).toHaveValue('');
});

test('one signal waits for nobody; the second stands on top for the teacher, who looks and is done', async () => {
	open(SignalsDue, [aSignal(1)]);
	expect(screen.queryByRole('heading')).toBeNull();
	const device = open(SignalsDue, [aSignal(1), aSignal(2)]);
	expect(screen.getByRole('heading', { level: 3, name: /Noor.*2 keer/ })).toBeInTheDocument();
	await tap('Ik heb ernaar gekeken');
	expect(SignalReview.parse(device.saved[0]).signalIds).toHaveLength(2);
	expect(screen.queryByRole('heading', { level: 3 })).toBeNull();
	device.receive([aSignal(3)]);
	expect(await screen.findByRole('heading', { level: 3, name: /3 keer/ })).toBeInTheDocument();
});

test('who was noted about more than once stands first; only a coordinator reads who noted it', () => {
	const { notedBy: _, ...masked } = aSignal(1, { pupilId: anId('pupil', 1) });
	open(SignalsPage, [masked, aSignal(2), aSignal(3)], 'coordinator');
	const repeated = within(
		screen.getByRole('heading', { name: 'Vaker dan één keer' }).closest('section') as HTMLElement,
	);
	expect(repeated.getAllByText(/genoteerd door Sanne/)).toHaveLength(2);
	const once = within(screen.getByRole('heading', { name: 'Eén keer' }).closest('section') as HTMLElement);
	expect(once.getByText(/Daan/)).toBeInTheDocument();
	expect(once.queryByText(/genoteerd/)).toBeNull();
});
