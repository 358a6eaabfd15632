import type { PupilId } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import type { Measure } from '#domain/measures/measure.ts';
import type { Level } from '#domain/protocols/protocol.ts';
import { dateOf, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Case, CaseVerdict } from './case.ts';
import type { Taken } from './case-history.ts';
import type { CaseRun } from './run-case.ts';
import { tracksOf } from './tracks.ts';
import type { PlanLine, StepRecord } from './step-record.ts';

/** What was agreed for one track in one turn (5B-04, MEL-06). */
export interface Agreement {
	readonly turn: number;
	readonly level: Level;
	readonly lines: readonly PlanLine[];
}

/** The plan of every turn, the first turn first. */
export function agreementsOf(run: CaseRun): Agreement[] {
	return run.turns.flatMap((turn) =>
		tracksOf({ ...run, turn }).flatMap(({ level, lines }) =>
			lines.length > 0 ? [{ turn: turn.number, level, lines }] : [],
		),
	);
}

/** Steps that were taken with a child, or with a guide for a talk beside them; oldest first. */
export function talksOf(run: CaseRun): StepRecord[] {
	return taken(run)
		.filter(({ step, each }) => !each.skipped && (step.about !== 'case' || step.guide !== undefined))
		.flatMap(({ each }) => (each.document.type === 'stepRecord' ? [each.document] : []))
		.sort((a, b) => dayNumber(a.on) - dayNumber(b.on) || compare(a.id, b.id));
}

export interface Judgement {
	readonly turn: number;
	readonly step: string;
	readonly outcome: string;
	readonly document: CaseVerdict | StepRecord;
}

/** Everything that was decided, oldest first. */
export function judgementsOf(run: CaseRun): Judgement[] {
	return taken(run)
		.flatMap(({ turn, step, each }) => {
			const { document, outcome } = each;
			const decides = outcome !== null && (document.type === 'caseVerdict' || document.type === 'stepRecord');
			return decides ? [{ turn, step: step.key, outcome, document, at: each.at }] : [];
		})
		.sort((a, b) => a.at - b.at || compare(a.document.id, b.document.id))
		.map(({ at: _, ...judgement }) => judgement);
}

/** The days a case file is about: from the day the case was opened. Both included. */
interface Period {
	readonly from: LocalDate;
	readonly until: LocalDate;
}

/** What made somebody open the case, and what happened in that time with one of its pupils in the same role; oldest first. */
export function incidentsInCase(subject: Case, incidents: Iterable<Incident>, { from, until }: Period): Incident[] {
	const opened = new Set(subject.incidentIds);
	const inRole = (each: Incident) =>
		each.basket !== 'green' &&
		each.participants.some(
			(one) =>
				'pupilId' in one && subject.pupils.some(({ pupilId, role }) => pupilId === one.pupilId && role === one.role),
		);
	return [...incidents]
		.filter((each) => {
			const on = dateOf(each.occurredAt);
			return opened.has(each.id) || (from <= on && on <= until && inRole(each));
		})
		.sort((a, b) => compare(a.occurredAt, b.occurredAt) || compare(a.id, b.id));
}

/** Measures about one of its pupils that held in that time. */
export function measuresInCase(subject: Case, measures: Iterable<Measure>, period: Period): Measure[] {
	const isIn = (id: PupilId) => subject.pupils.some(({ pupilId }) => pupilId === id);
	return [...measures]
		.filter(({ pupilIds, from, until }) => pupilIds.some(isIn) && until >= period.from && from <= period.until)
		.sort((a, b) => compare(a.from, b.from) || compare(a.id, b.id));
}

/** Each taking once, in the turn it was done: a step that a later turn carries on is not counted again. */
function taken(run: CaseRun) {
	return run.turns.flatMap((turn) =>
		turn.steps.flatMap(({ step, carried, taken }) =>
			carried ? [] : taken.map((each: Taken) => ({ turn: turn.number, step, each })),
		),
	);
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
