/** The screen has just moved on under the finger: a second tap on the same thing is a double tap, not a choice. */
const DOUBLE_TAP_MS = 500;

/** Tells a double tap from two taps. `same` says whether two taps hit the same thing; times in ms. */
export class DoubleTap<T> {
	readonly #same: (a: T, b: T) => boolean;
	#last: { readonly on: T; readonly at: number } | null = null;

	constructor(same: (a: T, b: T) => boolean) {
		this.#same = same;
	}

	/** Whether this tap belongs to the one before. */
	isSecond(on: T, at: number): boolean {
		const last = this.#last;
		this.#last = { on, at };
		return last !== null && at - last.at < DOUBLE_TAP_MS && this.#same(on, last.on);
	}
}
