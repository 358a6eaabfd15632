import { incidentIdFor, type IncidentId } from '#domain/id.ts';
import type { Observation, Withdrawal } from '#domain/observation/observation.ts';
import type { Processing } from './processing.ts';

/** Where an observation stands for the coordinator (M5-07). */
export type InboxState = 'toProcess' | 'confirmed' | 'setAside';

/** An observation with what the coordinator made of it so far. */
export interface InboxItem {
	readonly observation: Observation;
	readonly processing: Processing | undefined;
	readonly state: InboxState;
	/** Items of one incident tell of one event. */
	readonly incidentId: IncidentId;
}

interface Facts {
	readonly observations: readonly Observation[];
	readonly withdrawals: readonly Withdrawal[];
	readonly processings: readonly Processing[];
}

/** What there is to process and what was: newest first, observations their reporter took back left out. */
export function inboxItems({ observations, withdrawals, processings }: Facts): InboxItem[] {
	const withdrawn = new Map(withdrawals.map((each) => [each.observationId as string, each]));
	const processingOf = new Map(processings.map((each) => [each.observationId as string, each]));
	return observations
		.filter((observation) => !isWithdrawn(observation, withdrawn.get(observation.id)))
		.map((observation) => inboxItem(observation, processingOf.get(observation.id)))
		.sort((a, b) => newestFirst(a.observation, b.observation));
}

export function inboxItem(observation: Observation, processing: Processing | undefined): InboxItem {
	const open = !processing || processing.outcome === 'open';
	return {
		observation,
		processing,
		state: open ? 'toProcess' : processing.outcome === 'confirmed' ? 'confirmed' : 'setAside',
		incidentId: processing?.incidentId ?? incidentIdFor(observation.id),
	};
}

/** Only its reporter takes an observation back; where the reporter is unknown the gateway has checked it. */
function isWithdrawn(observation: Observation, withdrawal: Withdrawal | undefined): boolean {
	if (!withdrawal) return false;
	return observation.reporterId === undefined || withdrawal.withdrawnBy === observation.reporterId;
}

function newestFirst(a: Observation, b: Observation): number {
	if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? 1 : -1;
	return a.id < b.id ? 1 : -1;
}

/** How many wait, for the menu on every page: counted without sorting a school year. */
export function countToProcess({ observations, withdrawals, processings }: Facts): number {
	const withdrawn = new Map(withdrawals.map((each) => [each.observationId as string, each]));
	const decided = new Set<string>();
	for (const each of processings) if (each.outcome !== 'open') decided.add(each.observationId);
	let count = 0;
	for (const each of observations) {
		if (!decided.has(each.id) && !isWithdrawn(each, withdrawn.get(each.id))) count++;
	}
	return count;
}
