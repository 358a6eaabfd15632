import type { AggressionFunction } from '#domain/incident/processing.ts';
import { Handling } from '#domain/observation/observation.ts';

/**
 * What else is known of an incident, packed in twelve bits: how it was handled, the function, and whether a child in it is
 * known in words only.
 */
export const EXTRA_VALUES = 1 << 12;

const HANDLING_BIT = Object.fromEntries(Handling.options.map((handling, index) => [handling, 1 << index])) as Record<
	Handling,
	number
>;
const HANDLING_BITS = (1 << Handling.options.length) - 1;
const FUNCTION_BIT: Record<AggressionFunction, number> = { reactive: 1 << 9, proactive: 1 << 10 };
const FUNCTION_BITS = FUNCTION_BIT.reactive | FUNCTION_BIT.proactive;
/** An instigator or victim is described, not named. */
export const UNKNOWN_CHILD = 1 << 11;

export function handlingToExtras(handling: readonly Handling[]): number {
	let extras = 0;
	for (const each of handling) extras |= HANDLING_BIT[each];
	return extras;
}

export function functionToExtras(aggressionFunction: AggressionFunction | null): number {
	return aggressionFunction === null ? 0 : FUNCTION_BIT[aggressionFunction];
}

/** Of accounts in the order in which they speak: the first function named holds, all the rest adds up. */
export function joinExtras(first: number, next: number): number {
	return (first & FUNCTION_BITS) === 0 ? first | next : first | (next & ~FUNCTION_BITS);
}

export function hasHandling(extras: number, handling: Handling): boolean {
	return (extras & HANDLING_BIT[handling]) !== 0;
}

export function isHandled(extras: number): boolean {
	return (extras & HANDLING_BITS) !== 0;
}

export function functionIn(extras: number): AggressionFunction | null {
	if ((extras & FUNCTION_BIT.reactive) !== 0) return 'reactive';
	return (extras & FUNCTION_BIT.proactive) !== 0 ? 'proactive' : null;
}
