import { countToProcess } from '#domain/incident/inbox-items.ts';
import type { Device } from '#lib/device/device.ts';

/** How many observations wait for the coordinator; for the menu. Follows changes when read in `$derived` or markup. */
export function unprocessedCount({ documents }: Pick<Device, 'documents'>): number {
	return countToProcess({
		observations: documents.all('observation'),
		withdrawals: documents.all('withdrawal'),
		processings: documents.all('processing'),
	});
}
