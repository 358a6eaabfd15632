import { inTurn } from './turns.ts';

/**
 * How many rows of a long list are drawn: a few at once, the rest each few in a task of their own, so that a tap is answered
 * in between. To be made while a component starts.
 */
export class Steps {
	readonly #total: () => number;
	#drawn = $state(0);

	constructor(total: () => number, rowsAtOnce: number) {
		this.#total = total;
		this.#drawn = rowsAtOnce;
		// Outside Svelte: the browser's frames.
		$effect(() => (this.isBusy ? inTurn(() => (this.#drawn += rowsAtOnce)) : undefined));
	}

	get drawn(): number {
		return this.#drawn;
	}

	/** For `aria-busy`: more rows come. */
	get isBusy(): boolean {
		return this.#drawn < this.#total();
	}
}
