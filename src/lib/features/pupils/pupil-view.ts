import { seesEveryGroup } from '#domain/school/roles.ts';
import type { PupilId } from '#domain/id.ts';
import { foldCase, type CaseState } from '#domain/cases/case-state.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import { sinceLastRound } from '#domain/pupil/compliment.ts';
import { pupilCourses, type PupilCourse } from '#domain/pupil/pupil-course.ts';
import type { Pupil } from '#domain/school/roster.ts';
import type { Session } from '#domain/session.ts';
import { dateOf, toLocalDateTime, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import type { Replica } from '#lib/device/device.ts';
import { incidentsOf } from '#lib/device/incident-book.ts';
import { roundFactsOf } from '#lib/device/round-facts.ts';
import { schoolZone } from '#lib/device/school-time.ts';

/** What a pupil was in something that happened; `case` for what was done about it. */
export type PupilFilter = 'instigator' | 'victim' | 'good' | 'case';

export type CaseMoment =
	| { readonly kind: 'opened' }
	| { readonly kind: 'followedUp'; readonly stopped: 'yes' | 'partly' | 'no' }
	| { readonly kind: 'judged'; readonly verdict: 'stopped' | 'notStopped'; readonly turn: number };

/** One line on a pupil's time line. */
export type PupilMoment = { readonly id: string; readonly date: LocalDate; readonly sortKey: string } & (
	| { readonly kind: 'incident'; readonly incident: Incident; readonly as: readonly PupilFilter[] }
	| { readonly kind: 'case'; readonly caseId: string; readonly moment: CaseMoment }
);

export interface PupilView {
	readonly pupil: Pupil;
	readonly course: PupilCourse;
	/** The same counts since the last round. */
	readonly sinceRound: { readonly instigator: number; readonly victim: number };
	/** The latest first. */
	readonly moments: readonly PupilMoment[];
	/** Open ones first. */
	readonly cases: readonly CaseState[];
}

/** Own pupils for a teacher, every pupil for a coordinator; anybody else has no page to show. */
export function visiblePupil(session: Session | null, documents: Replica, id: string): Pupil | undefined {
	const pupil = documents.get('pupil', id);
	if (!pupil || !session) return undefined;
	const mine = seesEveryGroup(session) || session.groupIds.includes(pupil.groupId);
	return mine ? pupil : undefined;
}

export function pupilView(pupil: Pupil, documents: Replica, today: LocalDate): PupilView {
	const incidents = incidentsOf(documents, new Set([pupil.id])).flatMap((incident) => {
		const as = rolesOf(incident, pupil.id);
		return as.length > 0 ? [{ incident, as }] : [];
	});
	const all = incidents.map(({ incident }) => incident);
	const courseUntil = (list: readonly Incident[]) => pupilCourses(list, [pupil.id], today)[0];
	const course = courseUntil(all) as PupilCourse;
	const since = sinceLastRound(roundFactsOf(documents), today);
	const recent = courseUntil(all.filter(({ occurredAt }) => dateOf(occurredAt) >= since)) as PupilCourse;
	const facts = {
		entries: documents.all('caseEntry'),
		followUps: documents.all('followUp'),
		outcomes: documents.all('followUpOutcome'),
		verdicts: documents.all('caseVerdict'),
	};
	const cases = documents
		.all('case')
		.filter(({ pupils }) => pupils.some(({ pupilId }) => pupilId === pupil.id))
		.map((each) => foldCase(each, facts, schoolZone(documents)))
		.sort((a, b) => Number(a.closedBy !== null) - Number(b.closedBy !== null) || (a.lastAt < b.lastAt ? 1 : -1));
	const moments: PupilMoment[] = [
		...incidents.map(({ incident, as }) => ({
			kind: 'incident' as const,
			id: incident.id,
			date: dateOf(incident.occurredAt),
			sortKey: incident.occurredAt,
			incident,
			as,
		})),
		...cases.flatMap((state) => caseMoments(state, pupil.id, documents)),
	];
	return {
		pupil,
		course,
		sinceRound: { instigator: recent.instigator, victim: recent.victim },
		moments: moments.sort((a, b) =>
			a.sortKey === b.sortKey ? (a.id < b.id ? 1 : -1) : a.sortKey < b.sortKey ? 1 : -1,
		),
		cases,
	};
}

function rolesOf(incident: Incident, pupilId: PupilId): PupilFilter[] {
	const own = incident.participants.filter((each) => 'pupilId' in each && each.pupilId === pupilId);
	if (incident.basket === 'green') return own.length > 0 ? ['good'] : [];
	return [...new Set(own.map(({ role }) => role))].filter((role) => role === 'instigator' || role === 'victim');
}

function caseMoments(state: CaseState, pupilId: PupilId, documents: Replica): PupilMoment[] {
	const at = (id: string, instant: Instant, moment: CaseMoment): PupilMoment => {
		const local = toLocalDateTime(new Date(instant), schoolZone(documents));
		return { kind: 'case', id, date: dateOf(local), sortKey: local, caseId: state.case.id, moment };
	};
	return [
		at(state.case.id, state.case.openedAt, { kind: 'opened' }),
		...state.turns.flatMap(({ number, followUps, verdict }) => [
			...followUps.flatMap(({ followUp, done }) =>
				done && followUp.about.pupilId === pupilId
					? [at(done.outcome.id, done.outcome.recordedAt, { kind: 'followedUp', stopped: done.stopped })]
					: [],
			),
			...(verdict
				? [at(verdict.id, verdict.judgedAt, { kind: 'judged', verdict: verdict.verdict, turn: number })]
				: []),
		]),
	];
}
