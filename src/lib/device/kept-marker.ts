import * as z from 'zod/mini';

const NAME = 'pleinwacht-kept';

/** What this device keeps, said in a few bytes; no names, no contents. */
const Kept = z.strictObject({ personId: z.string(), deviceId: z.string(), unsent: z.int().check(z.gte(0)) });
export type Kept = z.infer<typeof Kept>;

/**
 * A word about what is kept, in another store than the data itself: browsers that throw away IndexedDB often leave
 * this one, and then the loss is noticed and told (D3). Where there is no such store, nothing can be told.
 */
export const keptMarker = {
	read(): Kept | null {
		try {
			const parsed = Kept.safeParse(JSON.parse(localStorage.getItem(NAME) ?? 'null'));
			return parsed.success ? parsed.data : null;
		} catch {
			return null;
		}
	},
	write(kept: Kept): void {
		try {
			localStorage.setItem(NAME, JSON.stringify(kept));
		} catch {
			// A browser that keeps nothing here (private mode, full) has nothing to warn with.
		}
	},
	clear(): void {
		try {
			localStorage.removeItem(NAME);
		} catch {
			// As above.
		}
	},
};
