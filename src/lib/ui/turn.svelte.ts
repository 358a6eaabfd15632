import { onMount } from 'svelte';
import { inTurn } from './turns.ts';

/** Whether the turn of this part of a page has come. To be made while a component starts. */
export class Turn {
	#isHere = $state(false);

	constructor() {
		onMount(() => inTurn(() => (this.#isHere = true)));
	}

	get isHere(): boolean {
		return this.#isHere;
	}
}
