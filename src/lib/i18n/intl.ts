import { intlLocale } from './when.ts';

/** Made once for each way of writing: making one takes as long as using it a hundred times. */
const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

export function formatNumber(value: number, options: Intl.NumberFormatOptions): string {
	const key = intlLocale() + JSON.stringify(options);
	let format = numbers.get(key);
	if (!format) numbers.set(key, (format = new Intl.NumberFormat(intlLocale(), options)));
	return format.format(value);
}

export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = intlLocale() + JSON.stringify(options);
	let format = dates.get(key);
	if (!format) dates.set(key, (format = new Intl.DateTimeFormat(intlLocale(), options)));
	return format;
}
