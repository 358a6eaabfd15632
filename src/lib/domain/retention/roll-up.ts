import type { GroupId, ObservationId, PlaceId, PupilId } from '#domain/id.ts';
import type { Processing } from '#domain/incident/processing.ts';
import { formsOf } from '#domain/observation/behaviour.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Group } from '#domain/school/roster.ts';
import type { GroupBand, MonthCounts } from './month-counts.ts';

export interface RollUpFacts {
	processingOf(id: ObservationId): Processing | undefined;
	isWithdrawn(observation: Observation): boolean;
	groupOf(pupilId: PupilId): GroupId | undefined;
	group(id: GroupId): Group | undefined;
}

/** Groups 1 to 4 are the lower years of a primary school; 11 and on is secondary school. */
const UPPER_FROM = 5;
const SECONDARY_FROM = 11;

/**
 * A month's counts with these observations in them, which are named as counted. In the coordinator's words where there
 * are any. What was withdrawn or set aside never counted and does not now. Age is that of the group the child is in
 * when it is rolled up, most often a year higher.
 */
export function rollUp(counts: MonthCounts, observations: readonly Observation[], facts: RollUpFacts): MonthCounts {
	const places = new Map<PlaceId | null, number>(counts.byPlace.map(({ placeId, count }) => [placeId, count]));
	const forms = new Map(counts.byForm.map(({ form, count }) => [form, count]));
	const bands = new Map(counts.byBand.map(({ band, count }) => [band, count]));
	let { observations: total, good } = counts;
	for (const observation of observations) {
		const processing = facts.processingOf(observation.id);
		if (processing?.outcome === 'setAside' || facts.isWithdrawn(observation)) continue;
		const account = processing?.outcome === 'confirmed' ? processing : observation;
		if (account.basket === 'green') {
			good++;
			continue;
		}
		total++;
		addOne(places, account.placeId);
		addOne(bands, bandOf(account, facts));
		for (const form of 'forms' in account ? account.forms : formsOf(account.behaviours)) addOne(forms, form);
	}
	return {
		...counts,
		observations: total,
		good,
		byPlace: Array.from(places, ([placeId, count]) => ({ placeId, count })),
		byForm: Array.from(forms, ([form, count]) => ({ form, count })),
		byBand: Array.from(bands, ([band, count]) => ({ band, count })),
		counted: observations.map(({ id }) => id),
	};
}

function addOne<K>(counts: Map<K, number>, key: K): void {
	counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Of who went too far, else of whom it was aimed at. */
function bandOf(
	{ participants, victimGroupId }: Pick<Observation, 'participants' | 'victimGroupId'>,
	facts: RollUpFacts,
): GroupBand {
	const groups = (['instigator', 'victim'] as const).flatMap((role) =>
		participants.flatMap((one) => (one.role === role && 'pupilId' in one ? [facts.groupOf(one.pupilId)] : [])),
	);
	const id = [...groups, victimGroupId].find((each) => each !== undefined && each !== null);
	const group = id && facts.group(id);
	if (!group) return 'unknown';
	const year = Math.max(...group.yearGroups);
	if (year >= SECONDARY_FROM) return 'secondary';
	return year >= UPPER_FROM ? 'upper' : 'lower';
}
