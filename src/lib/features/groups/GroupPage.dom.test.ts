import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Session } from '#domain/session.ts';
import { addDays, type LocalDate, type LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar, aCase, aFollowUp } from '#tests/factories/cases.ts';
import { allDrawn } from '#tests/factories/all-drawn.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import GroupPage from './GroupPage.svelte';
import GroupsPage from './GroupsPage.svelte';

const NOW = new Date('2026-11-20T12:00:00Z');
const TODAY = '2026-11-20' as LocalDate;

function observed(n: number, daysAgo: number, over: Partial<Observation> = {}): Observation {
	return anObservation(n, { occurredAt: `${addDays(TODAY, -daysAgo)}T12:14` as LocalDateTime, ...over });
}

async function open(
	documents: DomainDocument[],
	session: Session = aSession('teacher'),
	groupId: string = anId('group', 6),
) {
	const device = createMemoryDevice({ session, documents: [...aRoster(), aCalendar(), ...documents] });
	render(WithDevice, { props: { device, component: GroupPage, props: { groupId, now: NOW } } });
	await allDrawn();
	return device;
}

const row = (name: RegExp) => within(screen.getByRole('row', { name }));

test('a teacher sees how often each pupil was instigator and victim, most often first', async () => {
	await open([
		observed(1, 2),
		observed(2, 3),
		observed(3, 4, { participants: [{ role: 'victim', pupilId: anId('pupil', 4) }] }),
	]);
	expect(row(/Daan/).getByText('2 keer veroorzaker, 0 keer slachtoffer')).toBeInTheDocument();
	expect(row(/Noor B/).getByText('0 keer veroorzaker, 2 keer slachtoffer')).toBeInTheDocument();
	expect(screen.getAllByRole('rowheader').map((each) => each.textContent)).toEqual(['Daan', 'Noor B.', 'Milan']);
	expect(row(/Daan/).getByRole('link')).toHaveAttribute('href', `/pupils/${anId('pupil', 1)}`);
});

test('who reported is not on the page, not even as a number, and the page says so', async () => {
	await open([observed(1, 2, { reporterId: anId('person', 2), toldBy: anId('pupil', 4) })]);
	expect(screen.getByText(/Je ziet niet wie meldde/)).toBeInTheDocument();
	expect(screen.queryByText(/Youssef/)).not.toBeInTheDocument();
	expect(screen.queryByRole('row', { name: /Milan/ })).not.toBeInTheDocument();
});

test('what happened last stands as sentences, and a child of another group has its group named', async () => {
	await open([
		observed(1, 1, { note: 'Samen opgelost.' }),
		observed(2, 2, {
			participants: [
				{ role: 'instigator', pupilId: anId('pupil', 6) },
				{ role: 'victim', pupilId: anId('pupil', 1) },
			],
		}),
	]);
	const [latest, before] = screen.getAllByRole('article').map((each) => each.textContent.trim());
	expect(latest).toContain('Daan ging te ver bij Noor B.: duwen. Bij het klimrek, gisteren 12:14.');
	expect(latest).toContain('Samen opgelost.');
	expect(before).toContain('Yara (8B) ging te ver bij Daan: duwen.');
});

test('who went too far often and not since the round is worth a compliment', async () => {
	await open([observed(1, 60), observed(2, 70), observed(3, 80)]);
	const banner = screen.getByRole('heading', { name: 'Een compliment waard' }).closest('div');
	expect(banner).toHaveTextContent('Daan');
	expect(banner).toHaveTextContent('niet meer sinds 2 november');
});

test('a child about whom nothing unpleasant was noted is named as such, good behaviour or not', async () => {
	await open([
		observed(1, 2, {
			basket: 'green',
			behaviours: ['helping'],
			participants: [{ role: 'contributor', pupilId: anId('pupil', 5) }],
		}),
	]);
	const calm = screen.getByRole('heading', { name: /niets vervelends/ }).closest('section');
	expect(calm).toHaveTextContent('Zoë');
	expect(screen.getByText(/Van niemand in deze groep/)).toBeInTheDocument();
});

test('a look back of this group that is due is said on top, with its window', async () => {
	await open([aCase(1), aFollowUp(1, '2026-11-23'), aFollowUp(2, '2027-01-11')]);
	expect(screen.getByText(/Hoe gaat het nu met/)).toHaveTextContent('Hoe gaat het nu met Noor B.?');
	expect(screen.getByText('tussen maandag 23 en vrijdag 27 november · aanpak sinds 9 november')).toBeInTheDocument();
	expect(screen.getByRole('link', { name: 'Openen' })).toHaveAttribute('href', `/cases/${anId('case', 1)}`);
});

test('a step of a protocol that is due is said by its name, with whom', async () => {
	await open([aCase(1, { protocol: 'sixSteps' })]);
	expect(await screen.findByText(/Gesprek met het slachtoffer/)).toHaveTextContent('Noor B.');
	expect(screen.getAllByRole('link', { name: 'Openen' })).toHaveLength(1);
});

test('an observation that arrives is on the page at once', async () => {
	const device = await open([]);
	expect(screen.getByText('Nog geen meldingen')).toBeInTheDocument();
	device.receive([observed(1, 0)]);
	expect(await screen.findByRole('article')).toHaveTextContent('vandaag 12:14');
});

test('the longer list opens with a tap', async () => {
	const many = Array.from({ length: 8 }, (_, index) => ({
		...(aRoster().find(({ id }) => id === anId('pupil', 4)) as DomainDocument & { type: 'pupil' }),
		id: anId('pupil', 20 + index),
		firstName: `Kind${index}`,
	}));
	await open([
		...many,
		...many.map(({ id }, index) => observed(index + 1, 2, { participants: [{ role: 'victim', pupilId: id }] })),
	]);
	expect(screen.getAllByRole('rowheader')).toHaveLength(6);
	await userEvent.click(screen.getByRole('button', { name: 'Toon nog 2 leerlingen' }));
	await allDrawn();
	expect(screen.getAllByRole('rowheader')).toHaveLength(8);
});

test("another teacher's group is calmly not there", async () => {
	await open([observed(1, 1)], aSession('teacher'), anId('group', 8));
	expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Deze pagina is er niet');
	expect(screen.queryByText(/Daan/)).not.toBeInTheDocument();
});

test('a coordinator sees every group, a teacher the own ones', async () => {
	for (const [role, groups] of [
		['coordinator', ['Groep 6A', 'Groep 8B']],
		['teacher', ['Groep 6A']],
	] as const) {
		const device = createMemoryDevice({ session: aSession(role), documents: [...aRoster(), observed(1, 1)] });
		const { unmount } = render(WithDevice, { props: { device, component: GroupsPage, props: { now: NOW } } });
		await allDrawn();
		expect(screen.getAllByRole('link').map((each) => each.querySelector('strong')?.textContent)).toEqual(groups);
		unmount();
	}
});
