/** What the browser calls back with once there is a network, also when no page of the app is open any more. */
export const SEND_UNSENT = 'send-unsent';

/** Not in TypeScript's library: only some browsers have it (Background Sync). */
interface CanSyncLater {
	readonly sync?: { register(tag: string): Promise<void> };
}

/** Where the browser has it, what waits here goes out by itself. Where it has not, it goes out when the app is opened. */
export async function askToSendLater(): Promise<void> {
	try {
		const registration = (await navigator.serviceWorker?.getRegistration()) as CanSyncLater | undefined;
		await registration?.sync?.register(SEND_UNSENT);
	} catch {
		// Forbidden by the person or the browser: it is a help, and nothing hangs on it.
	}
}
