import type { CaseId, FollowUpId, PupilId } from '#domain/id.ts';
import { localDayAt } from '#domain/time/local-day.ts';
import { dayNumber, momentOf, type TimeZone } from '#domain/time/local-time.ts';
import { byCase } from './by-case.ts';
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
	/** Oldest first. */
	readonly taken: readonly Taken[];
	readonly consents: readonly Consent[];
	readonly followUps: readonly FollowUp[];
	/** Of planned look backs and of those that follow from a clock alike. */
	readonly outcomes: readonly FollowUpOutcome[];
}

/** Histories of many cases, each made when it is asked for: ten thousand at a time need not be in memory at once. */
export interface Histories {
	of(id: CaseId): CaseHistory;
	/** The cases whose history nobody asked for: something was appended to them, and they have not arrived. */
	leftOver(): CaseId[];
}

/** Sorts facts by their case in one pass. */
export function historiesOf(facts: CaseFacts, zone: TimeZone): Histories {
	const cases = new Map<CaseId, number>();
	const entries = byCase(facts.entries, cases);
	const verdicts = byCase(facts.verdicts, cases);
	const records = byCase(facts.records, cases);
	const consents = byCase(facts.consents, cases);
	const followUps = byCase(facts.followUps, cases);
	const outcomes = byCase(facts.outcomes, cases);
	const isAsked = new Uint8Array(cases.size);
	return {
		of(id) {
			const place = cases.get(id);
			if (place === undefined) return NO_HISTORY;
			isAsked[place] = 1;
			return {
				taken: takenFrom(entries(place), verdicts(place), records(place), zone),
				consents: consents(place),
				followUps: followUps(place),
				outcomes: outcomes(place),
			};
		},
		leftOver() {
			if (isAsked.every(Boolean)) return [];
			return [...cases].filter(([, place]) => isAsked[place] === 0).map(([id]) => id);
		},
	};
}

const NO_HISTORY: CaseHistory = { taken: [], consents: [], followUps: [], outcomes: [] };

function takenFrom(
	entries: readonly CaseEntry[],
	verdicts: readonly CaseVerdict[],
	records: readonly StepRecord[],
	zone: TimeZone,
): readonly Taken[] {
	const taken: Taken[] = records.map((each) => takenByRecord(each, zone));
	for (const each of entries) taken.push(takenByEntry(each, zone));
	for (const each of verdicts) taken.push(takenByVerdict(each, zone));
	return isOldestFirst(taken) ? taken : taken.sort(byMoment);
}

function isOldestFirst(taken: readonly Taken[]): boolean {
	let before: Taken | undefined;
	for (const each of taken) {
		if (before && byMoment(before, each) > 0) return false;
		before = each;
	}
	return true;
}

/** Outcomes by what they are about, oldest first. */
export function outcomesOf(history: CaseHistory, id: FollowUpId): FollowUpOutcome[] {
	return history.outcomes.filter((each) => each.followUpId === id);
}

/** A text written in a step: somebody took it, and decided nothing. */
function takenByEntry(document: CaseEntry, zone: TimeZone): Taken {
	const { id, turn, step } = document;
	const at = momentOf(document.writtenAt);
	return { id, turn, step, pupilId: null, day: localDayAt(at, zone), at, outcome: null, skipped: false, document };
}

function takenByVerdict(document: CaseVerdict, zone: TimeZone): Taken {
	const { id, turn, verdict: outcome } = document;
	const at = momentOf(document.judgedAt);
	return { id, turn, step: null, pupilId: null, day: localDayAt(at, zone), at, outcome, skipped: false, document };
}

function takenByRecord(document: StepRecord, zone: TimeZone): Taken {
	const { id, turn, step, pupilId = null, on, outcome = null, result } = document;
	const at = momentOf(document.recordedAt);
	const day = Math.min(dayNumber(on), localDayAt(at, zone));
	return { id, turn, step, pupilId, day, at, outcome, skipped: result === 'skipped', document };
}

/** Oldest first; two at one moment in the order of their ids, so that every device agrees. */
export function byMoment(a: Pick<Taken, 'at' | 'id'>, b: Pick<Taken, 'at' | 'id'>): number {
	return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
