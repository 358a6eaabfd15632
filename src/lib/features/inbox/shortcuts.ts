export type InboxCommand = 'next' | 'previous' | 'confirm' | 'merge' | 'setAside' | 'undo' | 'help';

const LETTERS: Readonly<Record<string, InboxCommand>> = {
	j: 'next',
	k: 'previous',
	c: 'confirm',
	m: 'merge',
	x: 'setAside',
	u: 'undo',
	'?': 'help',
};

const FIELDS = 'input, textarea, select, [contenteditable], dialog';

/**
 * What a key means in the inbox. Letters do nothing while somebody types or a dialog is open, and nothing at all
 * once they are switched off (WCAG 2.1.4); arrows keep working in the list.
 */
export function commandFor(event: KeyboardEvent, letters: boolean): InboxCommand | null {
	if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
	const target = event.target instanceof Element ? event.target : null;
	if (target?.closest(FIELDS)) return null;
	const inList = target === document.body || target?.closest('[data-row], [data-detail-title]') != null;
	if (inList && event.key === 'ArrowDown') return 'next';
	if (inList && event.key === 'ArrowUp') return 'previous';
	if (!letters) return null;
	// Enter on any other button presses that button.
	if (event.key === 'Enter') return inList ? 'confirm' : null;
	return LETTERS[event.key] ?? null;
}
