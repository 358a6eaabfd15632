import { quarantineDecisionIdFor } from '#domain/id.ts';
import type { QuarantineDecision, QuarantineEntry } from '#domain/quarantine/quarantine.ts';
import { refuse, type Result } from '#domain/result.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

/** Accepts a refused item, or answers its author. It goes out like anything saved, and works without network. */
export async function decide(
	device: Pick<Device, 'save' | 'session'>,
	entry: QuarantineEntry,
	decision: QuarantineDecision['decision'],
	now: Date,
): Promise<Result<void, SaveProblem | { readonly kind: 'signedOut' }>> {
	if (!device.session) return refuse({ kind: 'signedOut' });
	return device.save([
		{
			type: 'quarantineDecision',
			v: 1,
			id: quarantineDecisionIdFor(entry.id),
			schoolId: entry.schoolId,
			entryId: entry.id,
			authorId: entry.authorId,
			decision,
			decidedBy: device.session.personId,
			decidedAt: now.toISOString() as Instant,
		},
	]);
}
