const TEXT_FIELDS = 'textarea, input[type="text"], input:not([type])';

/** So that a field that goes away with its form is noticed. */
const LOOK_MS = 500;

export interface HalfTyped {
	/** Somebody wrote in a field that still stands there with text. */
	readonly is: boolean;
	stop(): void;
}

/**
 * A reload for a newer app must not take away a sentence that somebody is in the middle of (D3). Which field of which
 * screen does not matter: what was typed and still stands in a field has not been saved.
 */
export function watchHalfTyped(): HalfTyped {
	const written = new Set<HTMLInputElement | HTMLTextAreaElement>();
	let is = $state(false);

	function look(): void {
		for (const field of written) if (!field.isConnected || field.value.trim() === '') written.delete(field);
		is = written.size > 0;
	}

	function onInput({ target }: Event): void {
		if (target instanceof HTMLElement && target.matches(TEXT_FIELDS))
			written.add(target as HTMLInputElement | HTMLTextAreaElement);
		look();
	}

	document.addEventListener('input', onInput);
	const timer = setInterval(() => written.size > 0 && look(), LOOK_MS);
	return {
		get is() {
			return is;
		},
		stop() {
			document.removeEventListener('input', onInput);
			clearInterval(timer);
		},
	};
}
