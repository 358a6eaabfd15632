import { intlLocale } from './when.ts';

const KILO = 1000;
const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `12 MB`, `1,4 GB`. */
export function formatBytes(bytes: number): string {
	let [value, unit] = [bytes / KILO, 0];
	while (value >= KILO && unit < UNITS.length - 1) [value, unit] = [value / KILO, unit + 1];
	const maximumFractionDigits = value < 10 ? 1 : 0;
	const options = { style: 'unit', unit: UNITS[unit] ?? 'kilobyte', maximumFractionDigits } as const;
	return new Intl.NumberFormat(intlLocale(), options).format(value);
}
