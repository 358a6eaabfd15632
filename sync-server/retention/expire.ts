import { quarantineDecisionIdFor } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { isExpired, isQuarantineExpired, isRoundEntryExpired, withoutExpiredPupils } from '#domain/retention/expiry.ts';
import { MAX_ROLLED_UP, monthCountsIdFor, noCounts, type MonthCounts } from '#domain/retention/month-counts.ts';
import { rollUp, type RollUpFacts } from '#domain/retention/roll-up.ts';
import type { RoundSnapshot } from '#domain/rounds/round.ts';
import { dateOf, toLocalDateTime, type Instant } from '#domain/time/local-time.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';
import type { OpenSchool } from '#server/schools.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { erase } from './erase.ts';

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
	let gone = 0;
	for (const month of new Set([...months, ...due.keys()])) {
		let left = due.get(month) ?? [];
		do {
			// What was counted and is still there goes first; only then is the month ready for more.
			const pending = countsOf(month).counted;
			if (pending.length > 0) {
				gone += (await erase(school, pending, 'expired', now)).length;
				await store({ ...countsOf(month), counted: [] });
			}
			left = left.filter(({ id }) => replica.get(id));
			if (left.length === 0) break;
		} while (await store(rollUp(countsOf(month), left.slice(0, MAX_ROLLED_UP), factsOf(replica))));
	}
	const entries = replica.all('quarantineEntry').filter((entry) => {
		const decision = replica.find('quarantineDecision', quarantineDecisionIdFor(entry.id));
		return isQuarantineExpired(entry, decision?.decidedAt, now);
	});
	const roundEntries = replica.all('roundEntry').filter((entry) => isRoundEntryExpired(entry, now));
	const ids = [...entries, ...roundEntries].map(({ id }) => id);
	if (ids.length > 0) gone += (await erase(school, ids, 'expired', now)).length;
	for (const snapshot of replica.all('roundSnapshot')) {
		const figures = withoutExpiredPupils(snapshot, today);
		if (figures !== snapshot) await store(figures);
	}
	return gone;

	function countsOf(month: string): MonthCounts {
		const { id } = replica.school;
		return replica.find('monthCounts', monthCountsIdFor(id, month)) ?? noCounts(id, month);
	}

	/** `false`: another server is at the same document at this moment, and what is left is found the next time. */
	async function store(doc: MonthCounts | RoundSnapshot): Promise<boolean> {
		const standing = replica.get(doc.id);
		const receivedAt = now.toISOString() as Instant;
		const arrival = { rev: contentRevision(doc), receivedAt, authorId: null, deviceId: null, seq: null };
		const [stored] = await replica.write([{ record: envelopeOf(doc, arrival), expectedRev: standing?.rev ?? null }]);
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
