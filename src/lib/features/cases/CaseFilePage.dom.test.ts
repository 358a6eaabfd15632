import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { incidentIdFor } from '#domain/id.ts';
import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { CaseWalk } from '#tests/factories/case-walk.ts';
import { aCalendar, aCaseEntry, aFollowUp, anOutcome } from '#tests/factories/cases.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import CaseFilePage from './CaseFilePage.svelte';

const user = userEvent.setup();
const observation = anObservation(1, { occurredAt: '2026-11-06T12:14' as LocalDateTime });
const walk = new CaseWalk('fiveB', { incidentIds: [incidentIdFor(observation.id)] })
	.take('beslissen', { on: '2026-11-11', answers: [{ field: 'forGroup', value: [{ text: 'Samen een spel kiezen' }] }] })
	.take('beoordelen', { on: '2026-11-30', outcome: 'stopped' });
const documents: DomainDocument[] = [
	...aRoster(),
	aCalendar(),
	walk.subject,
	...walk.records,
	aCaseEntry(1),
	aFollowUp(1, '2026-11-23'),
	anOutcome(1, { kind: 'done', stopped: 'partly' }),
	observation,
];

function open(role: 'teacher' | 'coordinator', over = documents) {
	const device = createMemoryDevice({ session: aSession(role), documents: over });
	const props = { caseId: anId('case', 1), now: new Date('2026-12-08T12:00:00Z') };
	return render(WithDevice, { props: { device, component: CaseFilePage, props } });
}

const part = (name: string) =>
	within(screen.getByRole('heading', { level: 2, name }).closest('section') as HTMLElement);

test('a case file holds what happened, agreements, judgement and the story from its start, and no reader is "you"', () => {
	open('teacher');
	expect(part('Wat er gebeurde').getByText(/duwen/)).toBeInTheDocument();
	expect(part('Afspraken').getByText('Samen een spel kiezen')).toBeInTheDocument();
	expect(part('Oordeel en opvolgen').getByText('Het is gestopt')).toBeInTheDocument();
	const story = part('Het verhaal, van het begin').getAllByRole('listitem');
	expect(story[0]).toHaveTextContent('Youssef begon de aanpak.');
	expect(story.at(-1)).toHaveTextContent('Het is gestopt');
	expect(part('Het verhaal, van het begin').queryByText(/\bjij\b/)).toBeNull();
	expect(screen.getByText(/Afgedrukt op 8 december door Youssef/)).toBeInTheDocument();
});

test('who reported is not on paper; only a coordinator can ask for it', async () => {
	const { unmount } = open('teacher');
	expect(screen.queryByRole('checkbox')).toBeNull();
	expect(screen.queryByText(/Gemeld door/)).toBeNull();
	unmount();
	open('coordinator');
	expect(screen.queryByText(/Gemeld door/)).toBeNull();
	await user.click(screen.getByRole('checkbox', { name: /wie het meldde/ }));
	expect(part('Wat er gebeurde').getByText('Gemeld door Sanne')).toBeInTheDocument();
	expect(screen.getByText(/Er staat in wie het meldde/)).toBeInTheDocument();
});

test('a case this reader does not have has no file', () => {
	open(
		'coordinator',
		documents.filter(({ type }) => type !== 'case'),
	);
	expect(screen.getByRole('heading', { name: 'Deze aanpak is er niet' })).toBeInTheDocument();
});

test('measures about one of its children stand in it', () => {
	open('coordinator', [
		...documents,
		{
			...{ type: 'measure', v: 1, id: anId('measure', 1), schoolId: anId('school', 1), kinds: ['risk'] },
			...{ pupilIds: [anId('pupil', 1)], groupId: null, placeId: null, hours: null, text: 'Eigen speelplek.' },
			...{ because: '4 incidenten.', from: '2026-11-16' as LocalDate, until: '2026-12-18' as LocalDate },
			...{ watchedBy: anId('person', 3), decidedBy: anId('person', 3), decidedAt: '2026-11-14T10:00:00.000Z' as never },
		},
	]);
	expect(part('Maatregelen').getByText(/Eigen speelplek. Van 16 november/)).toBeInTheDocument();
});
