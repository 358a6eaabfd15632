import type { PinRefusal } from '#lib/device/device.ts';
import { formatDuration } from '#lib/i18n/duration.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { intlLocale } from '#lib/i18n/when.ts';

const MINUTE_MS = 60_000;
/** From here on it is said what happens after the last try. */
const FEW_LEFT = 3;

/** What a refused PIN means for who typed it. */
export function pinProblem(refusal: PinRefusal): string {
	if (refusal.kind === 'dropped') return m.pin_dropped();
	if (refusal.kind === 'noPasskey') return m.pin_passkey_failed();
	if (refusal.kind === 'wait') return m.pin_wait({ amount: amountOf(refusal.waitMs) });
	const { left, waitMs } = refusal;
	const wrong = left <= FEW_LEFT ? m.pin_few_left({ left }) : m.pin_wrong();
	return waitMs > 0 ? `${wrong} ${m.pin_wait({ amount: amountOf(waitMs) })}` : wrong;
}

function amountOf(ms: number): string {
	if (ms >= MINUTE_MS) return formatDuration(ms);
	const seconds = new Intl.NumberFormat(intlLocale(), { style: 'unit', unit: 'second', unitDisplay: 'long' });
	return seconds.format(Math.ceil(ms / 1000));
}
