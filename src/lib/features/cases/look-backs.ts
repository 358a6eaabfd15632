import type { StepState } from '#domain/cases/step-state.ts';
import { dueStateOf } from '#domain/reminders/due.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { ProtocolCase } from './protocol-case.ts';

export interface WaitingLookBack {
	readonly state: StepState;
	/** Its window has begun. */
	readonly due: boolean;
}

/** Steps that look back and still wait, in a closed case too (5B-07): each can be recorded where it is shown. */
export function waitingLookBacks({ run: { turn }, tasks }: ProtocolCase, today: LocalDate): WaitingLookBack[] {
	return turn.steps.flatMap((state) => {
		if (!state.step.lookBack) return [];
		const waiting = tasks.filter(
			(task) => task.step === state.step.key && task.turn === turn.number && task.resolved === null,
		);
		if (waiting.length === 0) return [];
		return [{ state, due: waiting.some((task) => dueStateOf(task, today) !== 'upcoming') }];
	});
}
