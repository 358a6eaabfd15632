import { getLocale } from '#lib/i18n/generated/runtime.js';

/** A day as people say it: `21 november 2026`. */
export function dayText(at: number): string {
	return new Intl.DateTimeFormat(getLocale(), { dateStyle: 'long' }).format(at);
}
