import { isCoordinator } from '#domain/school/roles.ts';
import type { CasePupil } from '#domain/cases/case.ts';
import { foldCase, type CaseState } from '#domain/cases/case-state.ts';
import type { PersonId } from '#domain/id.ts';
import { foldIncidents, type Incident } from '#domain/incident/incidents.ts';
import type { Person, Role } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Device, Replica } from '#lib/device/device.ts';
import { schoolToday, schoolZone } from '#lib/device/school-time.ts';
import * as m from '#lib/i18n/generated/messages.js';

function caseFacts(documents: Replica) {
	return {
		entries: documents.all('caseEntry'),
		followUps: documents.all('followUp'),
		outcomes: documents.all('followUpOutcome'),
		verdicts: documents.all('caseVerdict'),
	};
}

/** Undefined when this device may not know it, or does not know it yet. */
export function caseState(documents: Replica, id: string): CaseState | undefined {
	const found = documents.get('case', id);
	return found && foldCase(found, caseFacts(documents), schoolZone(documents));
}

/** Open ones first, and among them what waits longest for its next look back; then the latest. */
export function caseStates(documents: Replica): CaseState[] {
	const facts = caseFacts(documents);
	const perCase = {
		entries: Map.groupBy(facts.entries, (each) => each.caseId),
		followUps: Map.groupBy(facts.followUps, (each) => each.caseId),
		outcomes: Map.groupBy(facts.outcomes, (each) => each.caseId),
		verdicts: Map.groupBy(facts.verdicts, (each) => each.caseId),
	};
	const zone = schoolZone(documents);
	const nextLook = (state: CaseState) => state.openFollowUps[0]?.plannedOn ?? '9999';
	return documents
		.all('case')
		.map((each) =>
			foldCase(
				each,
				{
					entries: perCase.entries.get(each.id) ?? [],
					followUps: perCase.followUps.get(each.id) ?? [],
					outcomes: perCase.outcomes.get(each.id) ?? [],
					verdicts: perCase.verdicts.get(each.id) ?? [],
				},
				zone,
			),
		)
		.sort((a, b) => {
			if ((a.closedBy === null) !== (b.closedBy === null)) return a.closedBy === null ? -1 : 1;
			if (a.closedBy === null && nextLook(a) !== nextLook(b)) return nextLook(a) < nextLook(b) ? -1 : 1;
			return a.lastAt < b.lastAt ? 1 : -1;
		});
}

export function incidentsOf(documents: Replica): Incident[] {
	return foldIncidents({
		observations: documents.all('observation'),
		withdrawals: documents.all('withdrawal'),
		processings: documents.all('processing'),
	});
}

/** A colleague's name, or "you". */
export function personName({ documents, session }: Pick<Device, 'documents' | 'session'>, id: PersonId): string {
	if (session?.personId === id) return m.cases_you();
	return documents.get('person', id)?.name ?? m.cases_somebody();
}

/** Line 1 and 2 of the care (MEL-02); a playground phone holds no cases (D7). */
const WORK_ON_CASES: readonly Role[] = [
	'teacher',
	'coordinator',
	'generalCoordinator',
	'principal',
	'counsellor',
	'confidant',
];

/** Who can work on a case; who teaches one of these groups first, then by name. */
export function possibleMembers(documents: Replica, groupIds: readonly string[]): Person[] {
	const near = (person: Person) => Number(person.groupIds.some((id) => groupIds.includes(id)));
	return documents
		.all('person')
		.filter(({ roles }) => roles.some((role) => WORK_ON_CASES.includes(role)))
		.sort((a, b) => near(b) - near(a) || a.name.localeCompare(b.name, 'nl'));
}

/** The groups the pupils of a case are in. */
export function groupsOf(documents: Replica, pupils: readonly CasePupil[]): string[] {
	return pupils.flatMap(({ pupilId }) => documents.get('pupil', pupilId)?.groupId ?? []);
}

/** Who can be given a look back: who works on the case, and every coordinator, for they can read it. */
export function possibleOwners(documents: Replica, memberIds: readonly PersonId[]): Person[] {
	return documents
		.all('person')
		.filter((person) => memberIds.includes(person.id) || isCoordinator(person))
		.sort((a, b) => a.name.localeCompare(b.name, 'nl'));
}

/** The day this turn started: the day the case was opened, or the one before was judged. */
export function turnStart(state: CaseState, documents: Replica): LocalDate {
	const before = state.turns.at(-2)?.verdict;
	return schoolToday(documents, new Date(before?.judgedAt ?? state.case.openedAt));
}
