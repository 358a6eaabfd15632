import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import type { Session } from '#domain/session.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar, aCase, aFollowUp, anOutcome } from '#tests/factories/cases.ts';
import { allDrawn } from '#tests/factories/all-drawn.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import PupilPage from './PupilPage.svelte';

const NOW = new Date('2026-11-26T12:00:00Z');
const DAAN = anId('pupil', 1);
const NOOR = anId('pupil', 2);
const at = (text: string) => text as LocalDateTime;

async function open(pupilId: string, documents: DomainDocument[], session: Session = aSession('teacher')) {
	const device = createMemoryDevice({ session, documents: [...aRoster(), aCalendar(), ...documents] });
	render(WithDevice, { props: { device, component: PupilPage, props: { pupilId, now: NOW } } });
	await allDrawn();
}

const YEAR = [
	anObservation(1, { occurredAt: at('2026-10-12T12:14') }),
	anObservation(2, { occurredAt: at('2026-11-10T12:14') }),
	anObservation(3, {
		occurredAt: at('2026-11-12T12:14'),
		participants: [
			{ role: 'instigator', pupilId: NOOR },
			{ role: 'victim', pupilId: DAAN },
		],
	}),
	anObservation(4, {
		occurredAt: at('2026-11-13T12:14'),
		basket: 'green',
		behaviours: ['helping'],
		participants: [{ role: 'contributor', pupilId: DAAN }],
	}),
];

const figure = (text: string) => screen.getByText(text).closest('div')?.querySelector('dd')?.textContent;

test('a pupil stands with how often, in which role, and what came since the round', async () => {
	await open(DAAN, YEAR);
	expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Daan Visser');
	expect([figure('keer te ver gegaan'), figure('keer de dupe'), figure('keer iets goeds')]).toEqual(['2', '1', '1']);
	expect(screen.getAllByText('+1 sinds de ronde')).toHaveLength(2);
});

test('the name stands on the page, not in the title of the tab', async () => {
	await open(DAAN, YEAR);
	expect(document.title).not.toContain('Daan');
});

test('the time line is the latest first and can be narrowed to a role', async () => {
	await open(DAAN, YEAR);
	expect(screen.getAllByRole('article')).toHaveLength(4);
	expect(screen.getAllByRole('article')[0]).toHaveTextContent('deed iets goeds');
	await userEvent.click(screen.getByRole('button', { name: 'Was de dupe' }));
	expect(screen.getAllByRole('article')).toHaveLength(1);
	expect(screen.getByRole('article')).toHaveTextContent('Noor B. ging te ver bij Daan');
});

test('a case and its look backs stand in the time line of the child they are about', async () => {
	const looked = [aCase(1), aFollowUp(1, '2026-11-23'), anOutcome(1, { kind: 'done', stopped: 'partly' })];
	await open(NOOR, [...YEAR, ...looked]);
	expect(screen.getByRole('link', { name: /Loopt sinds 9 november, ronde 1/ })).toHaveAttribute(
		'href',
		`/cases/${anId('case', 1)}`,
	);
	await userEvent.click(screen.getByRole('button', { name: 'Aanpak' }));
	expect(screen.getAllByRole('listitem').map((each) => each.textContent.trim())).toEqual(
		expect.arrayContaining([expect.stringContaining('Opgevolgd: het is minder')]),
	);
});

test('a case starts from the pupil', async () => {
	await open(DAAN, []);
	expect(screen.getByRole('link', { name: /Start een aanpak/ })).toHaveAttribute('href', `/cases/new?pupil=${DAAN}`);
	expect(screen.getByText('Niets gemeld')).toBeInTheDocument();
});

test('a case starts from one incident, too', async () => {
	await open(NOOR, YEAR);
	const links = screen.getAllByRole('link', { name: 'Start een aanpak hierover' });
	expect(links.length).toBeGreaterThan(0);
	for (const link of links) expect(link.getAttribute('href')).toMatch(/^\/cases\/new\?incident=inc_/);
});

test.each([
	['of another group', anId('pupil', 6)],
	['who does not exist', anId('pupil', 99)],
])('a pupil %s is calmly not there', async (_, pupilId) => {
	await open(pupilId, YEAR);
	expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Deze pagina is er niet');
	expect(screen.queryByText(/Yara/)).not.toBeInTheDocument();
});

test('a coordinator may open every pupil, and knows who reported', async () => {
	await open(anId('pupil', 6), [], aSession('coordinator'));
	expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Yara');
	expect(screen.queryByText(/Je ziet niet wie meldde/)).not.toBeInTheDocument();
});
