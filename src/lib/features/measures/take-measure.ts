import { ulid } from 'ulid';
import { idOf } from '#domain/id.ts';
import { Measure } from '#domain/measures/measure.ts';
import { refuse, type Result } from '#domain/result.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

/** What a person fills in; the rest follows from who and when. */
export type Plan = Omit<Measure, 'type' | 'v' | 'id' | 'schoolId' | 'decidedBy' | 'decidedAt'>;

type Problem = SaveProblem | { readonly kind: 'signedOut' } | { readonly kind: 'incomplete' | 'endsBeforeStart' };

/** Always with a place, time or person it is about, figures behind it, somebody who watches, and an end (M5-12). */
export async function takeMeasure(
	device: Pick<Device, 'save' | 'session'>,
	plan: Plan,
	now: Date,
): Promise<Result<void, Problem>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	if (plan.until < plan.from) return refuse({ kind: 'endsBeforeStart' });
	const measure = Measure.safeParse({
		...{ type: 'measure', v: 1, id: idOf('measure', ulid(now.getTime())), schoolId: session.schoolId },
		...plan,
		...{ decidedBy: session.personId, decidedAt: now.toISOString() as Instant },
	});
	return measure.success ? device.save([measure.data]) : refuse({ kind: 'incomplete' });
}
