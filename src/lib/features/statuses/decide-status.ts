import { ulid } from 'ulid';
import type { AnalysisResult } from '#domain/analysis/result.ts';
import { idOf, type PupilId } from '#domain/id.ts';
import { refuse, type Result } from '#domain/result.ts';
import type { PupilStatus, StatusDecision } from '#domain/status/status-decision.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

export interface Decided {
	readonly pupilId: PupilId;
	readonly status: PupilStatus;
	readonly from: LocalDate;
	readonly reason: string;
}

/** A person decides (D9): kept with what the counters say now, so that a later reader sees why. */
export async function decideStatus(
	device: Pick<Device, 'save' | 'session'>,
	{ pupilId, status, from, reason }: Decided,
	result: AnalysisResult,
	now: Date,
): Promise<Result<void, SaveProblem | { readonly kind: 'signedOut' }>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const counter = result.counters.find((each) => each.pupilId === pupilId);
	const { since, until } = result.period;
	const decision: StatusDecision = {
		...{ type: 'statusDecision', v: 1, id: idOf('statusDecision', ulid(now.getTime())), schoolId: session.schoolId },
		...{ pupilId, status, from, reason: reason.trim() },
		evidence: {
			until,
			reporter: counter?.reporter ?? 0,
			instigator: counter?.instigator ?? 0,
			victim: counter?.victim ?? 0,
			since,
			instigatorIncrease: since === null ? null : (counter?.change?.instigator ?? 0),
			victimIncrease: since === null ? null : (counter?.change?.victim ?? 0),
		},
		...{ decidedBy: session.personId, decidedAt: now.toISOString() as Instant },
	};
	return device.save([decision]);
}
