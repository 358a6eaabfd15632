import { ulid } from 'ulid';
import type { AnalysisResult } from '#domain/analysis/result.ts';
import { idOf, type RoundId, type SiteId } from '#domain/id.ts';
import { refuse, type Result } from '#domain/result.ts';
import type { RoundState } from '#domain/rounds/round-state.ts';
import type { Round, RoundEntry, RoundEvent, RoundSnapshot } from '#domain/rounds/round.ts';
import { snapshotOf } from '#domain/rounds/snapshot.ts';
import { addDays, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

type Desk = Pick<Device, 'save' | 'documents' | 'session'>;
type Recorded = Promise<Result<void, SaveProblem | { readonly kind: 'signedOut' }>>;

/** Plans a round at each of these days; it takes two days, or ends on its first when the next has no school. */
export async function planRounds(device: Desk, days: readonly LocalDate[], now: Date): Recorded {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	return device.save(
		days.map((on): Round => ({
			...{ type: 'round', v: 1, id: idOf('round', ulid(now.getTime())), schoolId: session.schoolId },
			// Who works at one site plans for that site; everybody else for all.
			siteId: session.siteIds?.length === 1 ? (session.siteIds[0] ?? null) : null,
			...{ on, until: addDays(on, 1), plannedBy: session.personId, plannedAt: now.toISOString() as Instant },
		})),
	);
}

/** One tap or one note of the walk: on this device at once, offline too. */
export async function recordInRound(device: Desk, roundId: RoundId, what: RoundEvent, now: Date): Recorded {
	const entry = entryOf(device, roundId, what, now);
	return entry ? device.save([entry]) : refuse({ kind: 'signedOut' });
}

/** Ends a round: the figures of each site as they stand, in one save with the word that it is closed. */
export async function closeRound(
	device: Desk,
	round: RoundState,
	sites: readonly { readonly siteId: SiteId; readonly result: AnalysisResult }[],
	now: Date,
): Recorded {
	const { documents, session } = device;
	const closed = entryOf(device, round.id, { kind: 'closed' }, now);
	if (!closed || !session) return refuse({ kind: 'signedOut' });
	const decisions = documents.all('statusDecision');
	const siteOf = new Map(documents.all('group').map(({ id, siteId }) => [id, siteId]));
	const groupOf = new Map(documents.all('pupil').map(({ id, groupId }) => [id, groupId]));
	const snapshots = sites.map(({ siteId, result }): RoundSnapshot => ({
		...{ type: 'roundSnapshot', v: 1, id: idOf('roundSnapshot', ulid(now.getTime())), schoolId: session.schoolId },
		...snapshotOf(round, siteId, result, decisions, (pupilId) => {
			const group = groupOf.get(pupilId);
			return group !== undefined && siteOf.get(group) === siteId;
		}),
		...{ madeBy: session.personId, madeAt: now.toISOString() as Instant },
	}));
	return device.save([...snapshots, closed]);
}

function entryOf({ session }: Desk, roundId: RoundId, what: RoundEvent, now: Date): RoundEntry | null {
	if (!session) return null;
	return {
		...{ type: 'roundEntry', v: 1, id: idOf('roundEntry', ulid(now.getTime())), schoolId: session.schoolId },
		...{ roundId, what, writtenBy: session.personId, writtenAt: now.toISOString() as Instant },
	};
}
