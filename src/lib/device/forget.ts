import type { PersonStore } from './person-store.ts';
import { pushAll } from './push.ts';
import type { Transport } from './transport.ts';

/**
 * The school asks this device to forget (D11). What it may read goes at once. What was written here is sent first: until
 * then it stays, and so does the way to send it (D3).
 * @returns whether the rest may go too.
 */
export async function forgetWhatIsHeld(store: PersonStore, transport: Transport, now: number): Promise<boolean> {
	await store.dropHeld();
	await store.dropNotes();
	await pushAll(store, transport, { now, releaseHolds: true });
	// What arrived just now is held like anything the server gave.
	await store.dropHeld();
	return (await store.dropRefused()) === 0;
}
