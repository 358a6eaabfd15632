import type { CompiledProtocol, CompiledStep } from '#domain/protocols/compile-protocol.ts';
import type { Step } from '#domain/protocols/protocol.ts';
import type { StepState } from './step-state.ts';
import { NO_TARGETS, ONCE } from './step-targets.ts';

/**
 * Steps in which nothing happened: most steps of most cases. One object for all of them that wait, and one for all that opened
 * on the same day.
 */
interface UntouchedSteps {
	/** By the place of the step in the protocol. */
	readonly waiting: readonly StepState[];
	openSince(step: CompiledStep, day: number): StepState;
}

const known = new WeakMap<CompiledProtocol, UntouchedSteps>();

export function untouchedStepsOf(compiled: CompiledProtocol): UntouchedSteps {
	let steps = known.get(compiled);
	if (!steps) known.set(compiled, (steps = makeUntouchedSteps(compiled)));
	return steps;
}

function makeUntouchedSteps({ protocol: { steps } }: CompiledProtocol): UntouchedSteps {
	const open = steps.map(() => new Map<number, StepState>());
	return {
		waiting: steps.map((step) => untouched(step, null)),
		openSince({ step, rank }, day) {
			const known = open[rank]?.get(day);
			if (known) return known;
			const state = untouched(step, day);
			open[rank]?.set(day, state);
			return state;
		},
	};
}

function untouched(step: Step, openedOn: number | null): StepState {
	const [status, targets] = openedOn === null ? (['waiting', NO_TARGETS] as const) : (['open', ONCE] as const);
	return {
		step,
		status,
		openedOn,
		doneOn: null,
		triggers: [],
		targets,
		taken: [],
		outcome: null,
		consent: 'notAskedFor',
		carried: false,
		outOfOrder: false,
		withoutConsent: false,
	};
}
