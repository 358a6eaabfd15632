import type { DeviceKeys } from './device-keys.ts';
import type { PinRefusal } from './device.ts';

/** What giving a PIN or passkey came to. */
export type Opened =
	{ readonly ok: true; readonly keys: DeviceKeys } | { readonly ok: false; readonly error: PinRefusal };

/** Six of the same, a row up or down, a pair or a triple again and again: what a finder tries first. */
export function isEasyPin(pin: string): boolean {
	const digits = [...pin].map(Number);
	const repeats = (length: number) => digits.every((digit, at) => digit === digits[at % length]);
	const steps = digits.slice(1).map((digit, at) => digit - (digits[at] ?? 0));
	const isRow = [1, -1].some((step) => steps.every((each) => each === step));
	return isRow || [1, 2, 3].some(repeats);
}

/** From here on there is nothing left to try: what the PIN opens is dropped. */
export const MAX_WRONG_PINS = 10;

/** A slip or two costs no time. */
const FREE_SLIPS = 2;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** How long after so many wrong PINs in a row the next one is not even looked at. */
export function waitAfter(wrong: number): number {
	if (wrong <= FREE_SLIPS) return 0;
	return Math.min(FIRST_WAIT_MS * 2 ** (wrong - FREE_SLIPS - 1), LONGEST_WAIT_MS);
}
