/** Lets any number of calls run side by side, and one that must be alone wait for them and hold up who comes next. */
export function turnstile() {
	const inside = new Set<Promise<unknown>>();
	let shut: Promise<void> | undefined;

	return {
		async pass<T>(work: () => Promise<T>): Promise<T> {
			while (shut) await shut;
			const run = work();
			inside.add(run);
			try {
				return await run;
			} finally {
				inside.delete(run);
			}
		},
		async alone<T>(work: () => Promise<T>): Promise<T> {
			while (shut) await shut;
			let open = () => {};
			shut = new Promise((resolve) => (open = resolve));
			try {
				await Promise.allSettled(inside);
				return await work();
			} finally {
				shut = undefined;
				open();
			}
		},
	};
}
