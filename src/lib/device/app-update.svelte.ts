import { ownScript } from './own-scripts.ts';

/** An app that stays open for days must hear of updates too. */
const LOOK_AGAIN_MS = 60 * 60_000;

export interface AppUpdate {
	/** A newer app is here, complete, and waits to be let in. */
	readonly waiting: boolean;
	/** Asks for a newer app now: the server said that there must be one. */
	look(): void;
	/** Lets it in and loads the page anew. The caller makes sure that nothing is lost by that (D3). */
	apply(): void;
}

/** Installs the app for use without a network, and hears of newer versions. Never reloads by itself. */
export function watchForUpdates(): AppUpdate {
	let waiting = $state(false);
	let letIn: () => void = () => undefined;
	let look: () => void = () => undefined;
	/** Another tab let the newer app in: this one still runs the old code, and loads anew when its person is ready. */
	function takenOver(): void {
		waiting = true;
		letIn = () => location.reload();
	}

	async function register(): Promise<void> {
		// Loaded after the app itself: nobody waits for it.
		const { Workbox } = await import('workbox-window');
		const workbox = new Workbox(ownScript('/service-worker.js'));
		let asked = false;
		const wasControlled = navigator.serviceWorker.controller !== null;
		workbox.addEventListener('waiting', () => (waiting = true));
		workbox.addEventListener('controlling', () => {
			if (asked) location.reload();
			else if (wasControlled) takenOver();
		});
		letIn = () => {
			asked = true;
			workbox.messageSkipWaiting();
		};
		await workbox.register();
		look = () => void workbox.update().catch(() => undefined);
		setInterval(look, LOOK_AGAIN_MS);
		document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
	}

	// In development the worker would keep yesterday's code alive.
	if (import.meta.env.PROD && 'serviceWorker' in navigator) {
		// A browser that refuses (private mode, no secure address) still has the app while it is open.
		register().catch(() => undefined);
	}

	return {
		get waiting() {
			return waiting;
		},
		look: () => look(),
		apply: () => letIn(),
	};
}
