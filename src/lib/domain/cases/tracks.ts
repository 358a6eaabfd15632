import type { Level, Step } from '#domain/protocols/protocol.ts';
import type { CasePupil } from './case.ts';
import type { CaseTask } from './case-tasks.ts';
import type { CaseRun } from './run-case.ts';
import type { StepState } from './step-state.ts';
import type { PlanLine } from './step-record.ts';

/** The five tracks of MEL-06, which are the five levels of a plan as well (5B-04). */
const TRACKS: readonly Level[] = ['victim', 'instigators', 'parents', 'group', 'school'];

const LEVEL_OF = { victim: 'victim', instigator: 'instigators' } as const satisfies Record<CasePupil['role'], Level>;

export interface Track {
	readonly level: Level;
	/** What was written in the plan for it, in this turn. */
	readonly lines: readonly PlanLine[];
	/** Steps for it that wait, and that were taken, in this turn. */
	readonly open: readonly string[];
	/** Look backs that a person planned and that are still to come. */
	readonly lookBacks: readonly CaseTask[];
	readonly done: readonly string[];
	readonly hasSomething: boolean;
}

/** What each track has planned or done in the turn that is being worked on: an empty one is seen at a glance. */
export function tracksOf({ turn, closed }: CaseRun, tasks: readonly CaseTask[] = []): Track[] {
	return TRACKS.map((level) => {
		const lines = turn.steps.flatMap((state) => linesFor(level, state));
		const own = turn.steps.filter(({ step, carried }) => !carried && levelsOf(step).includes(level));
		const keysOf = (states: readonly StepState[]) => states.map(({ step }) => step.key);
		const open = closed ? [] : keysOf(own.filter(({ status, step }) => status === 'open' && !step.optional));
		const done = keysOf(own.filter(({ status }) => status === 'done'));
		const lookBacks = tasks.filter(
			({ followUp, resolved }) => followUp && resolved === null && LEVEL_OF[followUp.about.role] === level,
		);
		const count = lines.length + open.length + done.length + lookBacks.length;
		return { level, lines, open, done, lookBacks, hasSomething: count > 0 };
	});
}

/** A guide for parents says that the step is a talk with them; else it is for whom it is taken with. */
function levelsOf({ about, guide }: Step): readonly Level[] {
	if (guide === 'parents') return ['parents'];
	switch (about) {
		case 'victims':
			return ['victim'];
		case 'instigators':
			return ['instigators'];
		case 'pupils':
			return ['victim', 'instigators'];
		case 'chosen':
			return ['group'];
		case 'case':
			return [];
	}
}

/** Of several answers the latest counts: a plan is written anew, not added to. */
function linesFor(level: Level, { step, taken }: StepState): readonly PlanLine[] {
	return (step.fields ?? [])
		.filter((field) => field.kind === 'plan' && field.level === level)
		.flatMap(({ key }) => {
			const values = taken.flatMap(({ document }) =>
				document.type === 'stepRecord'
					? (document.answers ?? []).filter(({ field }) => field === key).map(({ value }) => value)
					: [],
			);
			const last = values.at(-1);
			return Array.isArray(last) ? last.filter((line): line is PlanLine => typeof line === 'object') : [];
		});
}
