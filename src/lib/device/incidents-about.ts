import { idOf, incidentIdFor, ulidOf, type IncidentId, type ObservationId } from '#domain/id.ts';
import { foldIncidents, type Incident } from '#domain/incident/incidents.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Replica } from './device.ts';

export type Documents = Pick<Replica, 'all' | 'get'>;

export interface Decisions {
	readonly on: ReadonlyMap<ObservationId, readonly Processing[]>;
	readonly into: ReadonlyMap<IncidentId, readonly Processing[]>;
}

/** By the list of decisions: a replica gives the same list until one of them changes. */
const known = new WeakMap<readonly Processing[], Decisions>();

export function decisionsOf(processings: readonly Processing[]): Decisions {
	let decisions = known.get(processings);
	if (!decisions) {
		decisions = {
			on: Map.groupBy(processings, ({ observationId }) => observationId),
			into: Map.groupBy(processings, ({ incidentId }) => incidentId),
		};
		known.set(processings, decisions);
	}
	return decisions;
}

/** These incidents, folded from their own observations only: a school year is too much for a tap. By moment, then id. */
export function incidentsWith(documents: Documents, ids: ReadonlySet<IncidentId>): Incident[] {
	const { on, into } = decisionsOf(documents.all('processing'));
	const observations = new Map<ObservationId, Observation>();
	for (const id of ids) {
		// An incident has the name of one of its observations; decisions name the others.
		const named = idOf('observation', ulidOf(id));
		for (const told of [named, ...(into.get(id) ?? []).map(({ observationId }) => observationId)]) {
			const observation = documents.get('observation', told);
			if (observation) observations.set(told, observation);
		}
	}
	const processings = [...observations.keys()].flatMap((id) => on.get(id) ?? []);
	const withdrawals = documents.all('withdrawal');
	return foldIncidents({ observations: observations.values(), processings, withdrawals }).filter(({ id }) =>
		ids.has(id),
	);
}

/**
 * The incidents of which any account, of a reporter or of the coordinator, is about this. The coordinator may have decided
 * otherwise than was told: who asks looks at what the incident says in the end.
 */
export function incidentsAbout(
	documents: Documents,
	isAbout: (account: Observation | Processing) => boolean,
): Incident[] {
	const processings = documents.all('processing');
	const { on } = decisionsOf(processings);
	const ids = new Set<IncidentId>();
	for (const decision of processings) if (isAbout(decision)) ids.add(decision.incidentId);
	for (const observation of documents.all('observation')) {
		if (!isAbout(observation)) continue;
		ids.add(incidentIdFor(observation.id));
		for (const { incidentId } of on.get(observation.id) ?? []) ids.add(incidentId);
	}
	return incidentsWith(documents, ids);
}
