import type { Protocol, Step } from './protocol.ts';

/** A protocol made ready to run: its steps in an order in which each comes after what it waits for. */
export interface CompiledProtocol {
	readonly protocol: Protocol;
	readonly inOrder: readonly CompiledStep[];
	readonly byKey: ReadonlyMap<string, CompiledStep>;
	/** Where the first turn begins: at the steps that wait for nothing. */
	readonly start: Beginning;
	/** Where a turn begins that a restart sent to these steps; made once for each restart of the protocol. */
	readonly restartAt: (keys: readonly string[]) => Beginning;
}

/** Where a turn begins. */
export interface Beginning {
	readonly keys: readonly string[];
	/** By the place of each step in the protocol: it is one of these. */
	readonly isAt: readonly boolean[];
	/** By the place of each step: it is one of these, or comes after one, so the turn has it anew. */
	readonly isAnew: readonly boolean[];
}

interface CompiledCondition {
	readonly rank: number;
	readonly outcome: string | null;
}

export interface CompiledStep {
	readonly step: Step;
	/** Place in the protocol itself, which is the order people read. */
	readonly rank: number;
	/** `step.after`, with the places of the steps. */
	readonly after: readonly (readonly CompiledCondition[])[];
	/** The place of the step it follows each time that one is taken. */
	readonly follows: number | null;
}

const compiled = new WeakMap<Protocol, CompiledProtocol>();

/** For protocols that `readProtocol` let through: there are no circles in it. Compiled once. */
export function compileProtocol(protocol: Protocol): CompiledProtocol {
	const known = compiled.get(protocol);
	if (known) return known;
	const steps = new Map(protocol.steps.map((step) => [step.key, step]));
	const order: Step[] = [];
	const placed = new Set<string>();
	const place = (step: Step) => {
		if (placed.has(step.key)) return;
		placed.add(step.key);
		for (const { step: key } of step.after.flat()) {
			const before = steps.get(key);
			if (before) place(before);
		}
		order.push(step);
	};
	protocol.steps.forEach(place);
	const rankOf = new Map(protocol.steps.map(({ key }, rank) => [key, rank]));
	const inOrder = order.map((step) => ({
		step,
		rank: rankOf.get(step.key) ?? 0,
		after: step.after.map((alternative) =>
			alternative.map(({ step: key, outcome = null }) => ({ rank: rankOf.get(key) ?? 0, outcome })),
		),
		follows: followedBy(step, steps, rankOf),
	}));
	const restarts = new Map<readonly string[], Beginning>();
	const result: CompiledProtocol = {
		protocol,
		inOrder,
		start: beginningAt(
			protocol.steps.filter(({ after }) => after.length === 0).map(({ key }) => key),
			protocol,
			order,
		),
		byKey: new Map(inOrder.map((each) => [each.step.key, each])),
		restartAt(keys: readonly string[]) {
			let beginning = restarts.get(keys);
			if (!beginning) restarts.set(keys, (beginning = beginningAt(keys, protocol, order)));
			return beginning;
		},
	};
	compiled.set(protocol, result);
	return result;
}

function followedBy(step: Step, steps: ReadonlyMap<string, Step>, rankOf: ReadonlyMap<string, number>): number | null {
	const [only, another] = step.after.flat();
	return only && !another && steps.get(only.step)?.repeats ? (rankOf.get(only.step) ?? null) : null;
}

function beginningAt(keys: readonly string[], { steps }: Protocol, inOrder: readonly Step[]): Beginning {
	const anew = downstreamOf(keys, inOrder);
	return {
		keys,
		isAt: steps.map(({ key }) => keys.includes(key)),
		isAnew: steps.map(({ key }) => anew.has(key)),
	};
}

function downstreamOf(keys: readonly string[], inOrder: readonly Step[]): ReadonlySet<string> {
	const reached = new Set(keys);
	for (const { key, after } of inOrder) if (after.flat().some(({ step }) => reached.has(step))) reached.add(key);
	return reached;
}
