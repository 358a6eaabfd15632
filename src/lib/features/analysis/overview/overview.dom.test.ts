import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { analyse } from '#domain/analysis/analyse.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { AnalysisSnapshot } from '#domain/analysis/snapshot.ts';
import { indexRoster } from '#domain/school/roster-index.ts';
import { GroupSession } from '#domain/school/group-session.ts';
import type { Group, Place, Pupil } from '#domain/school/roster.ts';
import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import BoardPage from './BoardPage.svelte';
import { exportTables } from './export-tables.ts';
import GroupOverview from './GroupOverview.svelte';
import OverviewPage from './OverviewPage.svelte';

const NOW = new Date('2026-11-20T10:00:00Z');
const TOLD = ['11-03', '11-09', '11-10', '11-17'].map((day, n) =>
	anObservation(n + 1, { occurredAt: `2026-${day}T12:14` as LocalDateTime, toldBy: anId('pupil', 5) }),
);

function open(component: unknown, session = aSession('coordinator'), props = {}, documents: DomainDocument[] = TOLD) {
	const device = createMemoryDevice({ session, documents: [...aRoster(), aCalendar(), ...documents] });
	render(WithDevice, { props: { device, component: component as never, props: { now: NOW, ...props } } });
	return device;
}

test('every group stands beside the others, each a way to its own page', async () => {
	open(OverviewPage);
	const link = await screen.findByRole('link', { name: '6A' });
	expect(link).toHaveAttribute('href', `/groups/${anId('group', 6)}/overview`);
	expect(link.closest('tr')).toHaveTextContent('4');
	expect(await screen.findByRole('heading', { name: /Tussen 1 tweetal ging het 3 keer/ })).toBeInTheDocument();
	expect((await screen.findByText('nog niet verwerkt')).closest('li')).toHaveTextContent('4');
});

test('a teacher sees the own group, and another group is calmly not there', async () => {
	const props = { onpurpose: () => {} };
	open(GroupOverview, aSession('teacher'), { ...props, groupId: anId('group', 6) });
	const row = (await screen.findByRole('rowheader', { name: 'Daan' })).closest('tr') as HTMLElement;
	expect(within(row).getByText('4 (+4)')).toBeInTheDocument();
	expect(screen.getByText(/Je ziet niet wie meldde/)).toBeInTheDocument();
	open(GroupOverview, aSession('teacher'), { ...props, groupId: anId('group', 8) });
	expect(await screen.findByRole('heading', { name: 'Deze pagina is er niet' })).toBeInTheDocument();
});

test('what a review agreed is kept with the group, and counted', async () => {
	const props = { onpurpose: () => {}, groupId: anId('group', 6), purpose: 'review' };
	const device = open(GroupOverview, aSession('teacher'), props);
	expect(await screen.findByText('Dit schooljaar 0 van de 3 besprekingen gehouden.')).toBeInTheDocument();
	await userEvent.type(screen.getByLabelText(/Schrijf op wat belangrijk is/), 'Vaste plekken in de kring.');
	await userEvent.click(screen.getByRole('button', { name: 'Bewaren' }));
	expect(GroupSession.safeParse(device.saved[0]).success).toBe(true);
	expect(device.saved[0]).toMatchObject({ kind: 'review', on: '2026-11-20', forPersonId: null });
	expect(screen.getByText('Vaste plekken in de kring.')).toBeInTheDocument();
	expect(screen.getByText('Dit schooljaar 1 van de 3 besprekingen gehouden.')).toBeInTheDocument();
});

test('a hand-over is for somebody, and a full device says that nothing was kept', async () => {
	const props = { onpurpose: () => {}, groupId: anId('group', 6), purpose: 'handover' };
	const device = open(GroupOverview, aSession('teacher'), props);
	await userEvent.selectOptions(await screen.findByLabelText('Voor wie'), anId('person', 2));
	await userEvent.type(screen.getByLabelText(/Schrijf op wat belangrijk is/), 'Daan en Milan niet naast elkaar.');
	device.failSavesWith({ kind: 'storageFull' });
	await userEvent.click(screen.getByRole('button', { name: 'Bewaren' }));
	expect(screen.getByRole('alert')).toHaveTextContent('Opslaan lukt niet');
	device.failSavesWith(null);
	await userEvent.click(screen.getByRole('button', { name: 'Bewaren' }));
	expect(device.saved).toMatchObject([{ kind: 'handover', forPersonId: anId('person', 2) }]);
	expect(screen.getByText(/voor Youssef/)).toBeInTheDocument();
});

test('who is better not placed together is suggested without who began, and one tap puts it in the text', async () => {
	open(GroupOverview, aSession('teacher'), {
		...{ onpurpose: () => {}, groupId: anId('group', 6), purpose: 'handover' },
	});
	await userEvent.click(await screen.findByRole('button', { name: /^Zet in de tekst: / }));
	const text = screen.getByLabelText<HTMLTextAreaElement>(/Schrijf op wat belangrijk is/).value;
	expect(text).toMatch(/^Liever niet in één groep: .* en .*\.$/);
	expect(screen.getByRole('button', { name: 'Staat erin' })).toBeDisabled();
});

test('an empty school says so', async () => {
	open(OverviewPage, aSession('coordinator'), {}, []);
	expect(await screen.findByText(/Zodra er meldingen zijn/)).toBeInTheDocument();
});

test('the board reads figures', () => {
	const snapshot: AnalysisSnapshot = {
		...{ type: 'analysis', v: 1, id: anId('analysis', 1), schoolId: anId('school', 1) },
		...{ until: '2026-11-20' as LocalDate, observations: 50, incidents: 40, unprocessed: 2, pupilsAt80: 3 },
	};
	const rounds = (() => {}) as never;
	open(BoardPage, { ...aSession('coordinator'), roles: ['board'] }, { rounds }, [snapshot]);
	expect(screen.getByText(/40 incidenten in 365 dagen, uit 50 meldingen/)).toBeInTheDocument();
	expect(screen.queryByRole('link', { name: 'Statussen' })).not.toBeInTheDocument();
});

test('an export holds who went too far and to whom, never who told', () => {
	const documents = aRoster();
	const of = <D extends DomainDocument>(type: D['type']) => documents.filter((doc) => doc.type === type) as D[];
	const roster = { groups: of<Group>('group'), pupils: of<Pupil>('pupil'), places: of<Place>('place') };
	const facts = { ...roster, observations: TOLD, withdrawals: [], processings: [] };
	const tables = exportTables(analyse({ ...facts, until: '2026-11-20' as LocalDate }), indexRoster(roster));
	expect(tables[0]?.rows[1]?.slice(0, 4)).toEqual(['Daan Visser', '6A', 4, 0]);
	expect(JSON.stringify(tables)).not.toContain('Zoë');
	expect(tables.every(({ rows }) => new Set(rows.map((row) => row.length)).size === 1)).toBe(true);
});
