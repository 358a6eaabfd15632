/** Put away for so long: somebody else may have picked it up. */
const HIDDEN_MS = 2 * 60_000;
/** A phone that goes around a playground locks with its screen; a slip of the thumb to another app is no hand-over. */
const HANDED_OUT_HIDDEN_MS = 10_000;
/** Lying on a bench with its screen on. */
const UNTOUCHED_MS = 2 * 60_000;

interface LockWhenAwayOptions {
	/** The school handed out this phone. */
	readonly isHandedOut: () => boolean;
	/** Does nothing where nothing is open. */
	readonly lock: () => void;
}

/** Locks when nobody who gave the PIN can be there any more. */
export function lockWhenAway({ isHandedOut, lock }: LockWhenAwayOptions): { touched(): void } {
	let hiddenAt: number | null = null;
	let hidden: ReturnType<typeof setTimeout> | undefined;
	let untouched: ReturnType<typeof setTimeout> | undefined;

	document.addEventListener('visibilitychange', () => {
		clearTimeout(hidden);
		const hiddenMs = isHandedOut() ? HANDED_OUT_HIDDEN_MS : HIDDEN_MS;
		if (document.visibilityState === 'hidden') {
			hiddenAt ??= Date.now();
			hidden = setTimeout(lock, hiddenMs);
			return;
		}
		// A page that was frozen hears of the time only now.
		if (hiddenAt !== null && Date.now() - hiddenAt >= hiddenMs) lock();
		hiddenAt = null;
	});

	function touched(): void {
		clearTimeout(untouched);
		if (isHandedOut()) untouched = setTimeout(lock, UNTOUCHED_MS);
	}
	for (const event of ['pointerdown', 'keydown', 'scroll']) {
		document.addEventListener(event, touched, { capture: true, passive: true });
	}
	return { touched };
}
