import { dutchClosures } from '#domain/calendar/dutch-holidays.ts';
import { schoolDaysOf } from '#domain/calendar/school-days.ts';
import type { Case, FollowUpOutcome } from '#domain/cases/case.ts';
import { historiesOf } from '#domain/cases/case-history.ts';
import { caseTasks, type CaseTask } from '#domain/cases/case-tasks.ts';
import { runCase, type CaseRun } from '#domain/cases/run-case.ts';
import type { StepState } from '#domain/cases/step-state.ts';
import type { Consent, StepRecord } from '#domain/cases/step-record.ts';
import { taskOwner } from '#domain/cases/task-owner.ts';
import { SHIPPED_PROTOCOLS } from '#domain/protocols/shipped-protocols.ts';
import type { Protocol, ProtocolName } from '#domain/protocols/protocol.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { aCalendar, aCase } from './cases.ts';
import { anId } from './school.ts';

export const WALK_DAYS = schoolDaysOf([
	aCalendar(),
	aCalendar({
		id: anId('calendar', 2),
		from: '2027-08-01' as LocalDate,
		until: '2028-07-31' as LocalDate,
		closures: dutchClosures('middle', '2027-2028'),
	}),
]);

interface Taking {
	/** The day it was done; it is written down at noon of that day, or of `written`. */
	readonly on: string;
	readonly written?: string;
	readonly turn?: number;
	readonly outcome?: string;
	readonly pupil?: number;
	readonly skipped?: true;
	readonly answers?: StepRecord['answers'];
}

/** A case that goes through a protocol, step by step: each taking is one more fact. */
export class CaseWalk {
	readonly subject: Case;
	readonly protocol: Protocol;
	readonly records: StepRecord[] = [];
	readonly consents: Consent[] = [];
	readonly outcomes: FollowUpOutcome[] = [];

	/** Opened on Monday 9 November 2026 about pupil 2 (victim) and pupil 1 (instigator). */
	constructor(name: ProtocolName, over: Partial<Case> = {}, protocol: Protocol = SHIPPED_PROTOCOLS[name]) {
		this.subject = aCase(1, { protocol: name, ...over });
		this.protocol = protocol;
	}

	take(step: string, { on, written = on, turn, outcome, pupil, skipped, answers }: Taking): this {
		const n = this.records.length + 1;
		this.records.push({
			type: 'stepRecord',
			v: 1,
			id: anId('stepRecord', n),
			schoolId: this.subject.schoolId,
			caseId: this.subject.id,
			turn: turn ?? this.run().turn.number,
			step: step,
			result: skipped ? 'skipped' : 'done',
			on: on as LocalDate,
			...(outcome !== undefined && { outcome: outcome }),
			...(pupil !== undefined && { pupilId: anId('pupil', pupil) }),
			...(answers && { answers }),
			recordedBy: this.subject.openedBy,
			recordedAt: `${written}T12:00:${String(n).padStart(2, '0')}.000Z` as Instant,
		});
		return this;
	}

	agree(consent: string, given: Consent['given'], on: string, pupil = 2): this {
		this.consents.push({
			type: 'consent',
			v: 1,
			id: anId('consent', this.consents.length + 1),
			schoolId: this.subject.schoolId,
			caseId: this.subject.id,
			consent: consent,
			pupilId: anId('pupil', pupil),
			given,
			on: on as LocalDate,
			recordedBy: this.subject.openedBy,
			recordedAt: `${on}T11:00:00.000Z` as Instant,
		});
		return this;
	}

	history() {
		const facts = { records: this.records, consents: this.consents, outcomes: this.outcomes };
		return historiesOf(facts, 'Europe/Amsterdam').of(this.subject.id);
	}

	run(): CaseRun {
		return runCase(this.subject, this.history(), this.protocol, 'Europe/Amsterdam');
	}

	tasks(): CaseTask[] {
		const ownerOf = (role: Parameters<typeof taskOwner>[1]) => taskOwner(this.subject, role, new Map());
		return caseTasks(this.subject, this.history(), this.run(), { days: WALK_DAYS, ownerOf });
	}

	step(key: string): StepState {
		const state = this.run().turn.steps.find(({ step }) => step.key === key);
		if (!state) throw new Error(`There is no step ${key}`);
		return state;
	}

	/** Steps that have to be taken now; optional ones only when asked for. */
	open(optional = false): string[] {
		return this.run()
			.turn.steps.filter(({ step, status }) => status === 'open' && (step.optional === true) === optional)
			.map(({ step }) => step.key);
	}

	/** What waits, as `step from–until`. */
	due(): string[] {
		return this.tasks()
			.filter(({ resolved }) => resolved === null)
			.map(({ step, from, until }) => `${step} ${from}–${until}`)
			.sort();
	}

	closed(): string | null {
		return this.run().closed?.as ?? null;
	}
}
