import { isCoordinator } from '#domain/school/roles.ts';
import type { Device } from '#lib/device/device.ts';
import { schoolToday } from '#lib/device/school-time.ts';
import { unprocessedCount } from '#lib/features/inbox/unprocessed-count.ts';
import { openQuarantineCount } from '#lib/features/quarantine/quarantine-items.ts';
import { invitationsForMe } from '#lib/features/cases/invitations-for-me.ts';
import { signalsForMe } from '#lib/features/signals/signals-for-me.ts';
import { dueCount } from '#lib/features/reminders/due-for-me.ts';

/** What waits, per address of the menu. Follows changes when read in `$derived`. */
export function badgesFor(device: Device): Record<string, number> {
	const today = schoolToday(device.documents, new Date());
	const coordinates = device.session !== null && isCoordinator(device.session);
	return {
		'/inbox': coordinates ? unprocessedCount(device) : 0,
		'/not-accepted': coordinates ? openQuarantineCount(device) : 0,
		'/reminders': dueCount(device, today) + signalsForMe(device, today).length + invitationsForMe(device).length,
	};
}
