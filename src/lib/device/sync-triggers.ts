import { slotQuery } from './own-slot.ts';

/** A connection that fails at once must not be tried in a loop; one that was fine for a while may come back soon. */
const FIRST_PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 120_000;

export interface TriggerTargets {
	/** Something may have changed, or the network may be back. */
	sync(): void;
	/** The app is put away: send now what would wait for its undo window. */
	flush(): void;
}

/** What tells a device to sync. `navigator.onLine` is not asked: it says "yes" behind a captive portal and "no" by mistake. */
export function listenForTriggers({ sync, flush }: TriggerTargets): () => void {
	const ending = new AbortController();
	const { signal } = ending;
	let poke: EventSource | undefined;
	let pokeTimer: ReturnType<typeof setTimeout> | undefined;
	let pause = FIRST_PAUSE_MS;

	const onVisibility = () => {
		if (document.visibilityState === 'hidden') {
			flush();
			hush();
		} else {
			sync();
			listen();
		}
	};
	document.addEventListener('visibilitychange', onVisibility, { signal });
	window.addEventListener('pagehide', flush, { signal });
	window.addEventListener(
		'online',
		() => {
			sync();
			listen();
		},
		{ signal },
	);

	/** The browser's own reconnecting gives up for good on an error answer (401, a proxy's 502): this does not. */
	function listen(): void {
		clearTimeout(pokeTimer);
		if (poke && poke.readyState !== EventSource.CLOSED) return;
		poke = new EventSource(`/sync/poke${slotQuery()}`);
		poke.addEventListener('poke', sync);
		poke.addEventListener('open', () => (pause = FIRST_PAUSE_MS));
		poke.addEventListener('error', () => {
			poke?.close();
			if (signal.aborted) return;
			pokeTimer = setTimeout(listen, pause * (0.7 + 0.6 * Math.random()));
			pause = Math.min(LAST_PAUSE_MS, pause * 2);
		});
	}

	/** Browsers give a site six connections: a tab that nobody looks at must not keep one. */
	function hush(): void {
		clearTimeout(pokeTimer);
		poke?.close();
	}

	if (document.visibilityState === 'visible') listen();
	return () => {
		ending.abort();
		hush();
	};
}
