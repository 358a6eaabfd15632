import type { RepeatedSignals } from '#domain/signals/repeated-signals.ts';
import { signalsFor } from '#domain/signals/signals-for.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Device } from '#lib/device/device.ts';

/** What this person is asked to look at, from what this device holds. */
export function signalsForMe(
	{ documents, session }: Pick<Device, 'documents' | 'session'>,
	today: LocalDate,
): RepeatedSignals[] {
	return session ? signalsFor(session.personId, documents, today) : [];
}
