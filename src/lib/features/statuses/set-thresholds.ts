import { ulid } from 'ulid';
import { idOf } from '#domain/id.ts';
import { refuse, type Result } from '#domain/result.ts';
import { Thresholds, type ThresholdChoice } from '#domain/status/school-thresholds.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

type Problem = SaveProblem | { readonly kind: 'signedOut' | 'outOfRange' };

/** From now on the whole school counts and warns by these; what held before stays to be read. */
export async function setThresholds(
	device: Pick<Device, 'save' | 'session'>,
	{ structural, warning }: ThresholdChoice,
	now: Date,
): Promise<Result<void, Problem>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const thresholds = Thresholds.safeParse({
		...{ type: 'thresholds', v: 1, id: idOf('thresholds', ulid(now.getTime())), schoolId: session.schoolId },
		...{ structural: { ...structural }, warning: { ...warning } },
		...{ madeBy: session.personId, madeAt: now.toISOString() as Instant },
	});
	return thresholds.success ? device.save([thresholds.data]) : refuse({ kind: 'outOfRange' });
}
