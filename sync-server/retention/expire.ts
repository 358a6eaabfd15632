import { quarantineDecisionIdFor } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import {
	isExpired,
	isGroupSessionExpired,
	isQuarantineExpired,
	isReviewExpired,
	isRoundEntryExpired,
	withoutExpiredPupils,
} from '#domain/retention/expiry.ts';
import { MAX_ROLLED_UP, monthCountsIdFor, noCounts, type MonthCounts } from '#domain/retention/month-counts.ts';
import { rollUp, type RollUpFacts } from '#domain/retention/roll-up.ts';
import { isSignalExpired } from '#domain/signals/repeated-signals.ts';
import type { RoundSnapshot } from '#domain/rounds/round.ts';
import { dateOf, toLocalDateTime, type Instant } from '#domain/time/local-time.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';
import type { OpenSchool } from '#server/schools.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { erase, eraseLeftBehind } from './erase.ts';

/**
 * Forgets what is over 365 days old: each observation is counted in its month, once, and then erased with all that
 * hangs on it. What was counted and not yet erased stands in the month itself, so a kill anywhere, and a second server
 * at the same work, neither count twice nor skip. Rounds keep their figures and forget their children. Returns how many documents went.
 */
export async function expire(school: Pick<OpenSchool, 'replica' | 'denyList'>, now: Date): Promise<number> {
	const { replica } = school;
	const today = dateOf(toLocalDateTime(now, replica.school.zone));
	const months = new Set(replica.all('monthCounts').map(({ month }) => month));
	const due = Map.groupBy(
		replica.all('observation').filter((observation) => isExpired(observation, today)),
		monthOf,
	);
	let gone = (await eraseLeftBehind(school, now)).length;
	for (const month of new Set([...months, ...due.keys()])) gone += await forgetMonth(month, due.get(month) ?? []);
	const entries = replica.all('quarantineEntry').filter((entry) => {
		const decision = replica.find('quarantineDecision', quarantineDecisionIdFor(entry.id));
		return isQuarantineExpired(entry, decision?.decidedAt, now);
	});
	const sessions = replica.all('groupSession').filter((session) => isGroupSessionExpired(session, now));
	const roundEntries = replica.all('roundEntry').filter((entry) => isRoundEntryExpired(entry, now));
	const signals = replica.all('signal').filter((signal) => isSignalExpired(signal, today));
	const reviews = replica.all('signalReview').filter((review) => isReviewExpired(review, now));
	const ids = [...entries, ...roundEntries, ...sessions, ...signals, ...reviews].map(({ id }) => id);
	if (ids.length > 0) gone += (await erase(school, ids, 'expired', now)).length;
	for (const snapshot of replica.all('roundSnapshot')) {
		const figures = withoutExpiredPupils(snapshot, today);
		if (figures !== snapshot) await store(figures, replica.get(snapshot.id)?.rev ?? null);
	}
	return gone;

	/**
	 * What was counted and is still there goes first; only then is the month ready for more. Each step is written on the
	 * very counts it was worked out from: where another server is at this month, what is left is found the next time.
	 */
	async function forgetMonth(month: string, observations: readonly Observation[]): Promise<number> {
		let forgotten = 0;
		for (;;) {
			const counts = countsOf(month);
			const rev = replica.get(counts.id)?.rev ?? null;
			if (counts.counted.length > 0) {
				forgotten += (await erase(school, counts.counted, 'expired', now)).length;
				if (await store({ ...counts, counted: [] }, rev)) continue;
				return forgotten;
			}
			const left = observations.filter(({ id }) => replica.get(id)).slice(0, MAX_ROLLED_UP);
			if (left.length === 0 || !(await store(rollUp(counts, left, factsOf(replica)), rev))) return forgotten;
		}
	}

	function countsOf(month: string): MonthCounts {
		const { id } = replica.school;
		return replica.find('monthCounts', monthCountsIdFor(id, month)) ?? noCounts(id, month);
	}

	/** `false`: another server is at the same document at this moment, and what is left is found the next time. */
	async function store(doc: MonthCounts | RoundSnapshot, expectedRev: string | null): Promise<boolean> {
		const receivedAt = now.toISOString() as Instant;
		const arrival = { rev: contentRevision(doc), receivedAt, authorId: null, deviceId: null, seq: null };
		const [stored] = await replica.write([{ record: envelopeOf(doc, arrival), expectedRev }]);
		return stored === true;
	}
}

function monthOf({ occurredAt }: Observation): string {
	return occurredAt.slice(0, 'yyyy-mm'.length);
}

function factsOf(replica: SchoolReplica): RollUpFacts {
	const withdrawals = replica.all('withdrawal');
	const taken = new Set(withdrawals.map(({ observationId, withdrawnBy }) => `${observationId} ${withdrawnBy}`));
	return {
		...replica.facts,
		group: (id) => replica.find('group', id),
		isWithdrawn: ({ id, reporterId }) => taken.has(`${id} ${reporterId}`),
	};
}
