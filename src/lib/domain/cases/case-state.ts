import type { PersonId } from '#domain/id.ts';
import { isAnswered } from './answered.ts';
import type { TimeZone } from '#domain/time/local-time.ts';
import { FiveBStep, type Case, type CaseEntry, type CaseVerdict, type FollowUp, type FollowUpOutcome } from './case.ts';
import { foldFollowUp, type FollowUpState } from './fold-follow-up.ts';
import { courseOf } from './verdicts.ts';

/** Everything appended to one case; facts of other cases among them are left out. */
export interface CaseFacts {
	readonly entries: Iterable<CaseEntry>;
	readonly followUps: Iterable<FollowUp>;
	readonly outcomes: Iterable<FollowUpOutcome>;
	readonly verdicts: Iterable<CaseVerdict>;
}

export interface CaseFollowUp extends FollowUpState {
	/** Still to be done: not done, and no judgement answered it. */
	readonly open: boolean;
}

/** A look back of the plan itself; the evaluation of a child's own agreement takes the place of none (MEL-09). */
export function isOfPlan({ followUp }: Pick<CaseFollowUp, 'followUp'>): boolean {
	return followUp.nonContractId === undefined;
}

export interface Turn {
	readonly number: number;
	/** What was written in each step, oldest first. */
	readonly entries: Readonly<Record<FiveBStep, readonly CaseEntry[]>>;
	/** By the day they are planned on. */
	readonly followUps: readonly CaseFollowUp[];
	/** The judgement that ended it. */
	readonly verdict: CaseVerdict | null;
}

export interface CaseState {
	readonly case: Case;
	/** The last one is being worked on, or closed the case. At least one. */
	readonly turns: readonly [Turn, ...Turn[]];
	readonly turn: Turn;
	/** The furthest step of this turn in which something was written or set; null when nothing was. */
	readonly reached: FiveBStep | null;
	/** Where to go on: the step after the one reached. */
	readonly next: FiveBStep;
	/** The judgement that closed it; null while it is open. */
	readonly closedBy: CaseVerdict | null;
	/** Of every turn, by the day they are planned on. */
	readonly openFollowUps: readonly CaseFollowUp[];
	/** Everybody who wrote, set, recorded or judged something, the opener first. */
	readonly contributorIds: readonly PersonId[];
	/** When somebody last did something in it. */
	readonly lastAt: string;
}

/** The state of a case, folded from what was appended to it (5B-01). The order of the facts does not matter. */
export function foldCase(subject: Case, facts: CaseFacts, zone: TimeZone = 'Europe/Amsterdam'): CaseState {
	const own = <D extends { readonly id: string; readonly caseId: string }>(documents: Iterable<D>): D[] => [
		...new Map([...documents].filter((each) => each.caseId === subject.id).map((each) => [each.id, each])).values(),
	];
	const entries = own(facts.entries).sort((a, b) => byMoment(a.writtenAt, b.writtenAt) || byId(a, b));
	const outcomes = own(facts.outcomes).sort((a, b) => byMoment(a.recordedAt, b.recordedAt) || byId(a, b));
	const verdicts = own(facts.verdicts).sort((a, b) => byMoment(a.judgedAt, b.judgedAt) || byId(a, b));
	const course = courseOf(verdicts);
	const outcomesOf = Map.groupBy(outcomes, (each) => each.followUpId);
	const followUps = own(facts.followUps)
		.map((followUp) => {
			const state = foldFollowUp(followUp, outcomesOf.get(followUp.id) ?? []);
			return { ...state, open: !isAnswered(state, course, zone) };
		})
		.sort((a, b) => compare(a.plannedOn, b.plannedOn) || byId(a.followUp, b.followUp));

	// What was written ahead in a turn that never came belongs to the turn that is being worked on.
	const turnOf = (number: number) => Math.min(number, course.turn);
	const turnAt = (number: number): Turn => {
		const written = entries.filter((each) => turnOf(each.turn) === number);
		return {
			number,
			entries: Object.fromEntries(
				FiveBStep.options.map((step) => [step, written.filter((each) => each.step === step)]),
			) as unknown as Turn['entries'],
			followUps: followUps.filter(({ followUp }) => turnOf(followUp.turn) === number),
			verdict: course.verdicts.find((each) => each.turn === number) ?? null,
		};
	};
	const first = turnAt(1);
	const later = Array.from({ length: course.turn - 1 }, (_, index) => turnAt(index + 2));
	const turn = later.at(-1) ?? first;
	const reached = furthestStep(turn);
	return {
		case: subject,
		turns: [first, ...later],
		turn,
		reached,
		next: reached ? (FiveBStep.options[FiveBStep.options.indexOf(reached) + 1] ?? 'beoordelen') : 'bekijken',
		closedBy: course.closedBy,
		openFollowUps: followUps.filter(({ open }) => open),
		contributorIds: [
			...new Set([
				subject.openedBy,
				...entries.map((each) => each.writtenBy),
				...followUps.map(({ followUp }) => followUp.setBy),
				...outcomes.map((each) => each.recordedBy),
				...verdicts.map((each) => each.judgedBy),
			]),
		],
		lastAt: [
			subject.openedAt,
			...entries.map((each) => each.writtenAt),
			...followUps.map(({ followUp }) => followUp.setAt),
			...outcomes.map((each) => each.recordedAt),
			...verdicts.map((each) => each.judgedAt),
		].reduce((latest, next) => (byMoment(next, latest) > 0 ? next : latest)),
	};
}

function furthestStep(turn: Turn): FiveBStep | null {
	if (turn.verdict) return 'beoordelen';
	const done = turn.followUps.some((each) => each.done !== null);
	return (
		[...FiveBStep.options].reverse().find((step) => {
			if (turn.entries[step].length > 0) return true;
			return (step === 'beslissen' && turn.followUps.some(isOfPlan)) || (step === 'bijsturen' && done);
		}) ?? null
	);
}

function byMoment(a: string, b: string): number {
	return Date.parse(a) - Date.parse(b);
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
	return compare(a.id, b.id);
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
