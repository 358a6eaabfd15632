import type { About, Clock, Outcome, Protocol, Step, TaskRole } from './protocol.ts';

/** A protocol made ready to run: its steps in an order in which each comes after what it waits for. */
export interface CompiledProtocol {
	readonly protocol: Protocol;
	readonly inOrder: readonly CompiledStep[];
	/** Those that have a date, in the order of the protocol. */
	readonly withClock: readonly (CompiledStep & { readonly clock: Clock })[];
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

/**
 * What running a case asks of a step, all of it always there: a step leaves out what it does not need, and looking for what
 * may not be there costs more than all the rest when thousands of cases are run.
 */
export interface CompiledStep {
	readonly step: Step;
	readonly key: string;
	/** Place in the protocol itself, which is the order people read. */
	readonly rank: number;
	readonly by: TaskRole;
	readonly about: About;
	readonly chosenIn: Step['chosenIn'] | null;
	/** `step.after`, with the places of the steps. */
	readonly after: readonly (readonly CompiledCondition[])[];
	/** The place of the step it follows each time that one is taken. */
	readonly follows: number | null;
	readonly clock: Clock | null;
	readonly again: CompiledReturn | null;
	readonly lookBack: boolean;
	readonly unlessPlannedAfter: number | null;
	readonly optional: boolean;
	/** What has to be given first, and by whom; null when nothing has. */
	readonly consents: readonly CompiledConsent[] | null;
	/** What can be decided in it, by key; null in a step that decides nothing. */
	readonly outcomes: ReadonlyMap<string, Outcome> | null;
}

/** So many times, every so many units of its clock, until the step at that place is done. */
interface CompiledReturn {
	readonly every: number;
	readonly times: number;
	readonly until: number | null;
}

export type CompiledConsent = Protocol['consents'][number];

const compiled = new WeakMap<Protocol, CompiledProtocol>();

/** For protocols that `readProtocol` let through: there are no circles in it. Compiled once. */
export function compileProtocol(protocol: Protocol): CompiledProtocol {
	let known = compiled.get(protocol);
	if (!known) compiled.set(protocol, (known = compile(protocol)));
	return known;
}

function compile(protocol: Protocol): CompiledProtocol {
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
	const inOrder = order.map((step) => compileStep(step, protocol, rankOf));
	const restarts = new Map<readonly string[], Beginning>();
	return {
		protocol,
		inOrder,
		withClock: inOrder.filter(hasClock).toSorted((a, b) => a.rank - b.rank),
		start: beginningAt(
			protocol.steps.filter(({ after }) => after.length === 0).map(({ key }) => key),
			protocol,
			order,
		),
		byKey: new Map(inOrder.map((each) => [each.key, each])),
		restartAt(keys: readonly string[]) {
			let beginning = restarts.get(keys);
			if (!beginning) restarts.set(keys, (beginning = beginningAt(keys, protocol, order)));
			return beginning;
		},
	};
}

function compileStep(step: Step, protocol: Protocol, rankOf: ReadonlyMap<string, number>): CompiledStep {
	const { again } = step;
	return {
		step,
		key: step.key,
		rank: rankOf.get(step.key) ?? 0,
		by: step.by,
		about: step.about,
		chosenIn: step.chosenIn ?? null,
		after: step.after.map((alternative) =>
			alternative.map(({ step: key, outcome = null }) => ({ rank: rankOf.get(key) ?? 0, outcome })),
		),
		follows: followedBy(step, protocol, rankOf),
		clock: step.clock ?? null,
		again: again ? { every: again.every, times: again.times, until: rankOf.get(again.until) ?? null } : null,
		lookBack: step.lookBack === true,
		unlessPlannedAfter: step.unlessPlannedAfter ?? null,
		optional: step.optional === true,
		consents: step.consents ? protocol.consents.filter(({ key }) => step.consents?.includes(key)) : null,
		outcomes: step.outcomes ? new Map(step.outcomes.map((each) => [each.key, each])) : null,
	};
}

function hasClock(step: CompiledStep): step is CompiledStep & { readonly clock: Clock } {
	return step.clock !== null;
}

function followedBy(step: Step, { steps }: Protocol, rankOf: ReadonlyMap<string, number>): number | null {
	const [only, another] = step.after.flat();
	const rank = only && !another ? rankOf.get(only.step) : undefined;
	return rank !== undefined && steps[rank]?.repeats ? rank : null;
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
