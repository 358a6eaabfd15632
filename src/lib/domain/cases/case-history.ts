import type { CaseId, FollowUpId, PupilId } from '#domain/id.ts';
import type { TimeZone } from '#domain/time/local-time.ts';
import { dayNumber } from '#domain/time/local-time.ts';
import { localDayNumber } from '#domain/time/local-day.ts';
import type { CaseEntry, CaseVerdict, FollowUp, FollowUpOutcome } from './case.ts';
import type { Consent, StepRecord } from './step-record.ts';

/** Everything appended to cases, in any order, of any number of cases. */
export interface CaseFacts {
	readonly entries?: Iterable<CaseEntry>;
	readonly followUps?: Iterable<FollowUp>;
	readonly outcomes?: Iterable<FollowUpOutcome>;
	readonly verdicts?: Iterable<CaseVerdict>;
	readonly records?: Iterable<StepRecord>;
	readonly consents?: Iterable<Consent>;
}

/** Something that counts as taking a step. Days count from 1970-01-01. */
export interface Taken {
	readonly id: string;
	readonly turn: number;
	/** Null: a judgement of the five B's, for whichever step decides that. */
	readonly step: string | null;
	readonly pupilId: PupilId | null;
	/** The day it was done, never after the day it was written down. */
	readonly day: number;
	/** When it was written down, in milliseconds. */
	readonly at: number;
	readonly outcome: string | null;
	readonly skipped: boolean;
	readonly document: CaseEntry | CaseVerdict | StepRecord | FollowUpOutcome;
}

/** What was appended to one case. */
export interface CaseHistory {
	readonly taken: Taken[];
	readonly consents: Consent[];
	readonly followUps: FollowUp[];
	/** Of planned look backs and of those that follow from a clock alike. */
	readonly outcomes: FollowUpOutcome[];
}

/** Sorts facts by their case in one pass; a fact that is there twice counts once. */
export function historiesOf(facts: CaseFacts, zone: TimeZone): Map<CaseId, CaseHistory> {
	const histories = new Map<CaseId, CaseHistory>();
	const historyOf = (id: CaseId): CaseHistory => {
		let history = histories.get(id);
		if (!history) histories.set(id, (history = emptyHistory()));
		return history;
	};
	for (const each of facts.entries ?? []) historyOf(each.caseId).taken.push(takenByEntry(each, zone));
	for (const each of facts.verdicts ?? []) historyOf(each.caseId).taken.push(takenByVerdict(each, zone));
	for (const each of facts.records ?? []) historyOf(each.caseId).taken.push(takenByRecord(each, zone));
	for (const each of facts.consents ?? []) historyOf(each.caseId).consents.push(each);
	for (const each of facts.followUps ?? []) historyOf(each.caseId).followUps.push(each);
	for (const each of facts.outcomes ?? []) historyOf(each.caseId).outcomes.push(each);
	return histories;
}

export function emptyHistory(): CaseHistory {
	return { taken: [], consents: [], followUps: [], outcomes: [] };
}

/** Outcomes by what they are about, oldest first. */
export function outcomesOf(history: CaseHistory, id: FollowUpId): FollowUpOutcome[] {
	return history.outcomes.filter((each) => each.followUpId === id);
}

/** A text written in a step: somebody took it, and decided nothing. */
function takenByEntry(document: CaseEntry, zone: TimeZone): Taken {
	const { id, turn, step, writtenAt } = document;
	const day = localDayNumber(writtenAt, zone);
	return { id, turn, step, pupilId: null, day, at: Date.parse(writtenAt), outcome: null, skipped: false, document };
}

function takenByVerdict(document: CaseVerdict, zone: TimeZone): Taken {
	const { id, turn, verdict, judgedAt } = document;
	const day = localDayNumber(judgedAt, zone);
	return {
		...{ id, turn, step: null, pupilId: null, day, at: Date.parse(judgedAt) },
		...{ outcome: verdict, skipped: false, document },
	};
}

function takenByRecord(document: StepRecord, zone: TimeZone): Taken {
	const { id, turn, step, pupilId = null, on, outcome = null, result, recordedAt } = document;
	const day = Math.min(dayNumber(on), localDayNumber(recordedAt, zone));
	const at = Date.parse(recordedAt);
	return { id, turn, step, pupilId, day, at, outcome, skipped: result === 'skipped', document };
}

/** Oldest first; two at one moment in the order of their ids, so that every device agrees. */
export function byMoment(a: Pick<Taken, 'at' | 'id'>, b: Pick<Taken, 'at' | 'id'>): number {
	return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
