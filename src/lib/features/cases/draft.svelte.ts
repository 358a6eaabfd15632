import type { LocalNotes } from '#lib/device/device.ts';

/** Text that is being written: kept on this device at every change, so that back, lock and reload lose nothing. */
export interface TextDraft {
	text: string;
	/** Whether what stands here is also on disk. */
	readonly kept: boolean;
	/** After saving: the text is no longer a draft. */
	clear(): void;
}

const MAX_LENGTH = 4000;

export function openTextDraft(notes: LocalNotes, name: string): TextDraft {
	let text = $state('');
	let kept = $state(false);
	let touched = false;
	/** One write after the other, so that an older text never lands on a newer one. */
	let writing: Promise<unknown> = notes.get(name).then((found) => {
		if (touched || typeof found !== 'string') return;
		text = found;
		kept = found !== '';
	});

	function keep() {
		kept = false;
		writing = writing.then(async () => {
			const now = text;
			if (now === '') await notes.remove(name);
			else await notes.put(name, now);
			kept = now !== '' && now === text;
		});
	}

	return {
		get text() {
			return text;
		},
		set text(next) {
			touched = true;
			text = next.slice(0, MAX_LENGTH);
			keep();
		},
		get kept() {
			return kept;
		},
		clear() {
			touched = true;
			text = '';
			keep();
		},
	};
}
