import { flushSync } from 'svelte';

/** Work before a tap or a frame may come between: far below the 50 ms that make a page feel stuck. */
const SLICE_MS = 8;

let waiting = new Set<() => void>();
/** Asked for by what takes its turn now: these come before the rest. */
let nested: Set<() => void> | null = null;
let isWorking = false;

/**
 * Runs this after all that asked before it; what it asks for itself comes next, so that a page is drawn from top to bottom. What
 * takes long has a task of its own: the browser draws in between, and a tap is answered. Returns how to call it off.
 */
export function inTurn(run: () => void): () => void {
	(nested ?? waiting).add(run);
	if (!isWorking) void work();
	return () => {
		nested?.delete(run);
		waiting.delete(run);
	};
}

/** Paper shows all of it. */
globalThis.addEventListener('beforeprint', () => {
	while (waiting.size > 0) takeTurn();
});

async function work(): Promise<void> {
	isWorking = true;
	// Before the next frame: a fast machine never shows half a page.
	await new Promise((resolve) => setTimeout(resolve));
	while (waiting.size > 0) {
		const end = performance.now() + SLICE_MS;
		do takeTurn();
		while (waiting.size > 0 && performance.now() < end);
		await drawn();
	}
	isWorking = false;
}

function takeTurn(): void {
	const [next] = waiting;
	if (!next) return;
	waiting.delete(next);
	nested = new Set();
	try {
		next();
		// Its part of the page asks for turns as soon as it is there.
		flushSync();
	} catch (error) {
		// One part that fails leaves the others.
		reportError(error);
	} finally {
		waiting = new Set([...nested, ...waiting]);
		nested = null;
	}
}

function drawn(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
