import * as z from 'zod/mini';
import { ONLY_SLOT } from '#domain/accounts/slots.ts';
import { ownSlot } from './own-slot.ts';

const NAME = 'pleinwacht-kept';

/** On a shared phone each of its people has one. */
const nameOf = (slot: number) => (slot === ONLY_SLOT ? NAME : `${NAME}-${slot}`);

/** Of who is here; of anybody who was, when what said who shares this phone was thrown away too. */
function standingName(): string {
	const own = nameOf(ownSlot());
	return own in localStorage ? own : (Object.keys(localStorage).find((name) => name.startsWith(NAME)) ?? own);
}

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
			const parsed = Kept.safeParse(JSON.parse(localStorage.getItem(standingName()) ?? 'null'));
			return parsed.success ? parsed.data : null;
		} catch {
			return null;
		}
	},
	write(kept: Kept): void {
		try {
			localStorage.setItem(nameOf(ownSlot()), JSON.stringify(kept));
		} catch {
			// A browser that keeps nothing here (private mode, full) has nothing to warn with.
		}
	},
	clear(slot?: number): void {
		try {
			localStorage.removeItem(slot === undefined ? standingName() : nameOf(slot));
		} catch {
			// As above.
		}
	},
};
