import type { CaseVerdict } from './case.ts';

export interface Course {
	/** The turn that is being worked on, or that ended the case; counts from 1. */
	readonly turn: number;
	/** The judgement that closed it; null while it is open. */
	readonly closedBy: CaseVerdict | null;
	/** The judgement that counts, per turn that has one, first turn first. */
	readonly verdicts: readonly CaseVerdict[];
}

/**
 * Where a case stands by its judgements (5B-01): not stopped starts the next turn, stopped closes it. When two people
 * judged one turn, the last word counts, so a closed case is taken up again by judging it "not stopped" after all.
 */
export function courseOf(verdicts: Iterable<CaseVerdict>): Course {
	const byTurn = new Map<number, CaseVerdict>();
	for (const verdict of verdicts) {
		const other = byTurn.get(verdict.turn);
		if (!other || isLater(verdict, other)) byTurn.set(verdict.turn, verdict);
	}
	const counted: CaseVerdict[] = [];
	let turn = 1;
	for (;;) {
		const verdict = byTurn.get(turn);
		if (!verdict) return { turn, closedBy: null, verdicts: counted };
		counted.push(verdict);
		if (verdict.verdict === 'stopped') return { turn, closedBy: verdict, verdicts: counted };
		turn++;
	}
}

function isLater(a: CaseVerdict, b: CaseVerdict): boolean {
	const difference = Date.parse(a.judgedAt) - Date.parse(b.judgedAt);
	return difference === 0 ? a.id > b.id : difference > 0;
}
