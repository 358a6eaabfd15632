const CLOCK = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Amsterdam',
	dateStyle: 'short',
	timeStyle: 'short',
});

/** `2026-03-29T14:05`: what the clock on the wall says. Told apart from the product, which has its own way. */
export function atSchool(now: number): string {
	return CLOCK.format(now).replace(' ', 'T');
}
