import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { newestVersion } from '#domain/protocols/adapt-protocol.ts';
import { SchoolProtocol } from '#domain/protocols/school-protocol.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { aRoster, aSession, anId } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import AdaptPage from './AdaptPage.svelte';
import ProtocolsPage from './ProtocolsPage.svelte';

const user = userEvent.setup();
const save = () => user.click(screen.getByRole('button', { name: 'Bewaar als nieuwe versie' }));

function open(role: 'coordinator' | 'teacher' = 'coordinator', over = {}) {
	const device = createMemoryDevice({ session: aSession(role, over), documents: aRoster() });
	render(WithDevice, { props: { device, component: AdaptPage, props: { name: 'fiveB' } } });
	return device;
}

const step = (title: string) => {
	const found = screen.getByText(title, { selector: 'summary' }).closest('details');
	if (!found) throw new Error(`no step ${title}`);
	return within(found);
};

test('a coordinator changes words, role and days, adds a step, and a next version is saved that new cases follow', async () => {
	const device = open();
	const name = step('Bekijken').getByLabelText('Naam in het Nederlands');
	await user.clear(name);
	await user.type(name, 'Kijken wat er is');
	await user.selectOptions(step('Kijken wat er is').getByLabelText('Wie'), 'vertrouwenspersoon');
	await user.click(screen.getByRole('button', { name: 'Voeg een eigen stap toe' }));
	await save();
	expect(screen.getByRole('alert')).toHaveTextContent('Geef elke stap een naam in beide talen.');
	await user.type(step('Eigen stap').getByLabelText('Naam in het Nederlands'), 'Team inlichten');
	await user.type(step('Team inlichten').getByLabelText('Naam in het Engels'), 'Tell the team');
	await user.selectOptions(step('Team inlichten').getByLabelText('Na stap'), 'Kijken wat er is');
	await save();
	expect(screen.getByRole('status')).toHaveTextContent('Nieuwe aanpakken volgen deze versie.');
	const saved = SchoolProtocol.parse(device.saved[0]);
	expect(saved.protocol.version).toBe(2);
	expect(saved.protocol.steps[0]).toMatchObject({ key: 'bekijken', by: 'confidant' });
	expect(saved.protocol.steps.at(-1)).toMatchObject({ key: 'own1', after: [[{ step: 'bekijken' }]] });
	expect(newestVersion(device.documents.all('protocol'), 'fiveB')?.id).toBe(saved.id);
});

test('days the wrong way round are refused, and nothing is saved', async () => {
	const device = open();
	const until = step('Terugkijken met het slachtoffer').getByLabelText('Tot en met dag');
	await user.clear(until);
	await user.type(until, '3');
	await save();
	expect(screen.getByRole('alert')).toHaveTextContent(
		'De laatste dag ligt vóór de eerste. Kijk bij: Terugkijken met het slachtoffer',
	);
	expect(device.saved).toEqual([]);
});

test('a teacher, and a coordinator of one site only, adapt nothing', () => {
	open('teacher');
	open('coordinator', { siteIds: [anId('site', 1)] });
	expect(screen.queryByText('Bekijken')).toBeNull();
	expect(screen.queryByRole('button', { name: 'Bewaar als nieuwe versie' })).toBeNull();
});

test('the list says which protocols are as they came', () => {
	const device = createMemoryDevice({ session: aSession('coordinator'), documents: aRoster() });
	render(WithDevice, { props: { device, component: ProtocolsPage, props: {} } });
	expect(screen.getAllByText('Zoals meegeleverd')).toHaveLength(8);
});
