import { untrack } from 'svelte';
import type { AnalysisResult, Question } from '#domain/analysis/result.ts';
import type { Replica } from '../device.ts';
import { analystOf } from './analyst.svelte.ts';

/**
 * The answers to some questions about what this device holds, kept up to date. `null` until they are first there; after that
 * the answers before stay until the new ones are made. To be made while a component starts: it follows in effects.
 */
export class Asked {
	#answers = $state.raw<readonly AnalysisResult[] | null>(null);

	constructor(documents: Replica, questions: () => readonly Question[]) {
		const analyst = analystOf(documents);
		// Outside Svelte: the worker's thread.
		$effect(() => analyst.follow());
		$effect(() => {
			const asked = questions();
			if (analyst.learned === 0 || asked.length === 0) return;
			const key = JSON.stringify(asked);
			void Promise.all(asked.map((question) => analyst.analyse(question))).then((answers) => {
				if (key === untrack(() => JSON.stringify(questions()))) this.#answers = answers;
			});
		});
	}

	get answers(): readonly AnalysisResult[] | null {
		return this.#answers;
	}

	get answer(): AnalysisResult | null {
		return this.#answers?.[0] ?? null;
	}
}
