import { intlLocale } from './when.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From here on the larger unit says it better. */
const HOURS_FROM = 90 * MINUTE_MS;
const DAYS_FROM = 48 * HOUR_MS;

/** `25 minuten`, `36 uur`, `12 dagen`. */
export function formatDuration(ms: number): string {
	const [unit, size] =
		ms < HOURS_FROM
			? (['minute', MINUTE_MS] as const)
			: ms < DAYS_FROM
				? (['hour', HOUR_MS] as const)
				: (['day', DAY_MS] as const);
	return new Intl.NumberFormat(intlLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(
		Math.round(ms / size),
	);
}
