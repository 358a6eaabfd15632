import workerUrl from './analyst.worker.ts?worker&url';
import { ownScript } from '../own-scripts.ts';
import type { Answers, AnswerTo, Request } from './answer.ts';

/** Somebody who answers, in this thread or in another. */
export interface Thread {
	ask<R extends Request>(request: R): Promise<AnswerTo<R>>;
}

type Answer = Answers[Request['kind']];

/** A thread of its own where the browser gives one; else, or when it dies, this one: slower, never wrong. */
export function openThread(): Thread {
	return typeof Worker === 'undefined' ? thisThread() : workerThread();
}

function thisThread(): Thread {
	// Fetched only here: a browser with workers never loads the statistics into the page.
	const answering = import('./answer.ts').then(({ createAnswerer }) => createAnswerer());
	return { ask: async (request) => (await answering)(request) as AnswerTo<typeof request> };
}

function workerThread(): Thread {
	const worker = new Worker(ownScript(workerUrl), { type: 'module' });
	const waiting = new Map<number, { readonly request: Request; readonly resolve: (answer: Answer) => void }>();
	let number = 0;
	let learned: Request | null = null;
	let instead: Promise<Thread> | null = null;

	worker.addEventListener('message', ({ data }: MessageEvent<{ readonly number: number; readonly answer: Answer }>) => {
		waiting.get(data.number)?.resolve(data.answer);
		waiting.delete(data.number);
	});
	worker.addEventListener('error', () => {
		worker.terminate();
		instead ??= takeOver(learned);
		for (const { request, resolve } of waiting.values())
			void instead.then((thread) => thread.ask(request)).then(resolve);
		waiting.clear();
	});
	return {
		async ask(request) {
			if (request.kind === 'learn') learned = request;
			if (instead) return (await instead).ask(request);
			return new Promise((resolve) => {
				waiting.set(++number, { request, resolve: (answer) => resolve(answer as AnswerTo<typeof request>) });
				worker.postMessage({ number, request });
			});
		},
	};
}

async function takeOver(learned: Request | null): Promise<Thread> {
	const thread = thisThread();
	if (learned) await thread.ask(learned);
	return thread;
}
