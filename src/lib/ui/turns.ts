const waiting = new Set<() => void>();
let isWorking = false;

/**
 * Runs this in a task of its own, after all that asked before it and after the browser drew what they did: a tap in between is
 * answered. Returns how to call it off.
 */
export function inTurn(run: () => void): () => void {
	waiting.add(run);
	if (!isWorking) void work();
	return () => waiting.delete(run);
}

async function work(): Promise<void> {
	isWorking = true;
	for (;;) {
		await drawn();
		const [next] = waiting;
		if (!next) break;
		waiting.delete(next);
		next();
	}
	isWorking = false;
}

function drawn(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
