import type { CaseId, FollowUpId, PupilId } from '#domain/id.ts';
import type { TimeZone } from '#domain/time/local-time.ts';
import { dayNumber } from '#domain/time/local-time.ts';
import { localDayAt } from '#domain/time/local-day.ts';
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
	readonly taken: readonly Taken[];
	readonly consents: readonly Consent[];
	readonly followUps: readonly FollowUp[];
	/** Of planned look backs and of those that follow from a clock alike. */
	readonly outcomes: readonly FollowUpOutcome[];
}

/** What was appended to one case, as it was read: most cases have few kinds of it. */
interface Appended {
	/** Its history was asked for. */
	asked: boolean;
	entries?: CaseEntry[];
	verdicts?: CaseVerdict[];
	records?: StepRecord[];
	consents?: Consent[];
	followUps?: FollowUp[];
	outcomes?: FollowUpOutcome[];
}

/** Histories of many cases, each made when it is asked for: ten thousand at a time need not be in memory at once. */
export interface Histories {
	of(id: CaseId): CaseHistory;
	/** The cases whose history nobody asked for: something was appended to them, and they have not arrived. */
	leftOver(): CaseId[];
}

/** Sorts facts by their case in one pass. */
export function historiesOf(facts: CaseFacts, zone: TimeZone): Histories {
	const byCase = new Map<CaseId, Appended>();
	const to = (id: CaseId): Appended => {
		let appended = byCase.get(id);
		if (!appended) byCase.set(id, (appended = { asked: false }));
		return appended;
	};
	for (const each of facts.entries ?? []) (to(each.caseId).entries ??= []).push(each);
	for (const each of facts.verdicts ?? []) (to(each.caseId).verdicts ??= []).push(each);
	for (const each of facts.records ?? []) (to(each.caseId).records ??= []).push(each);
	for (const each of facts.consents ?? []) (to(each.caseId).consents ??= []).push(each);
	for (const each of facts.followUps ?? []) (to(each.caseId).followUps ??= []).push(each);
	for (const each of facts.outcomes ?? []) (to(each.caseId).outcomes ??= []).push(each);
	return {
		of(id) {
			const appended = byCase.get(id);
			if (!appended) return NO_HISTORY;
			appended.asked = true;
			return historyOf(appended, zone);
		},
		leftOver() {
			const ids: CaseId[] = [];
			for (const [id, { asked }] of byCase) if (!asked) ids.push(id);
			return ids;
		},
	};
}

const NO_HISTORY: CaseHistory = { taken: [], consents: [], followUps: [], outcomes: [] };

function historyOf({ entries, verdicts, records, consents, followUps, outcomes }: Appended, zone: TimeZone) {
	const taken = records?.map((each) => takenByRecord(each, zone)) ?? [];
	for (const each of entries ?? []) taken.push(takenByEntry(each, zone));
	for (const each of verdicts ?? []) taken.push(takenByVerdict(each, zone));
	return {
		taken,
		consents: consents ?? NO_HISTORY.consents,
		followUps: followUps ?? NO_HISTORY.followUps,
		outcomes: outcomes ?? NO_HISTORY.outcomes,
	};
}

/** Outcomes by what they are about, oldest first. */
export function outcomesOf(history: CaseHistory, id: FollowUpId): FollowUpOutcome[] {
	return history.outcomes.filter((each) => each.followUpId === id);
}

/** A text written in a step: somebody took it, and decided nothing. */
function takenByEntry(document: CaseEntry, zone: TimeZone): Taken {
	const { id, turn, step } = document;
	const at = Date.parse(document.writtenAt);
	return { id, turn, step, pupilId: null, day: localDayAt(at, zone), at, outcome: null, skipped: false, document };
}

function takenByVerdict(document: CaseVerdict, zone: TimeZone): Taken {
	const { id, turn, verdict: outcome } = document;
	const at = Date.parse(document.judgedAt);
	return { id, turn, step: null, pupilId: null, day: localDayAt(at, zone), at, outcome, skipped: false, document };
}

function takenByRecord(document: StepRecord, zone: TimeZone): Taken {
	const { id, turn, step, pupilId = null, on, outcome = null, result } = document;
	const at = Date.parse(document.recordedAt);
	const day = Math.min(dayNumber(on), localDayAt(at, zone));
	return { id, turn, step, pupilId, day, at, outcome, skipped: result === 'skipped', document };
}

/** Oldest first; two at one moment in the order of their ids, so that every device agrees. */
export function byMoment(a: Pick<Taken, 'at' | 'id'>, b: Pick<Taken, 'at' | 'id'>): number {
	return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
