/** Milliseconds of work before a tap or a frame may come between: far below the 50 that make a page feel stuck. */
export const SLICE_MS = 8;

/** `scheduler.yield` comes back sooner than a timer, which waits 4 ms once it is nested. */
export async function yieldToTheScreen(): Promise<void> {
	const { scheduler } = globalThis as { readonly scheduler?: { yield?(): Promise<void> } };
	if (scheduler?.yield) return scheduler.yield();
	await new Promise((resolve) => setTimeout(resolve));
}
