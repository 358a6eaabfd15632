import * as z from 'zod/mini';
import type { IncidentId, ObservationId } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { shownCounts, type ShownCounts } from '#domain/retention/shown-counts.ts';
import { dateOf, type LocalDate } from '#domain/time/local-time.ts';
import type { Processing } from './processing.ts';

/** What an incident is in the school's register for the inspectorate (DUK-01); a person says so, and it may be several. */
export const RegisterType = z.enum([
	'bullying',
	'physicalAggression',
	'verbalAggression',
	'digitalAggression',
	'violence',
	'fight',
	'accident',
	'blackmail',
	'threat',
	'sexualIntimidation',
	'discrimination',
	'racism',
	'vandalism',
	'damageOrTheft',
	'online',
]);
export type RegisterType = z.infer<typeof RegisterType>;

/** The register is not of pupils among themselves only (DUK-01). Left out: between pupils. */
export const RegisterBetween = z.enum(['pupilAndStaff', 'staff', 'parentAndStaff']);
export type RegisterBetween = z.infer<typeof RegisterBetween>;

/** What a school tells of its register: incidents per type, small ones together. One incident may count under several types. */
export interface RegisterCounts {
	readonly types: ShownCounts<RegisterType>;
	readonly between: ShownCounts<RegisterBetween | 'pupils'>;
}

interface RegisterFacts {
	readonly processings: Iterable<Processing>;
	/** Undefined when it is not there, or was taken back. */
	observation(id: ObservationId): Pick<Observation, 'occurredAt'> | undefined;
}

/** Incidents of these days that were given a type when they were confirmed; both days included. */
export function registerCounts(
	{ processings, observation }: RegisterFacts,
	{ from, until }: { readonly from: LocalDate; readonly until: LocalDate },
): RegisterCounts {
	const types = new Map<RegisterType, Set<IncidentId>>();
	const between = new Map<RegisterBetween | 'pupils', Set<IncidentId>>();
	for (const { outcome, observationId, incidentId, registerTypes, registerBetween = 'pupils' } of processings) {
		if (outcome !== 'confirmed' || !registerTypes || registerTypes.length === 0) continue;
		const account = observation(observationId);
		if (!account) continue;
		const on = dateOf(account.occurredAt);
		if (on < from || on > until) continue;
		for (const type of registerTypes) add(types, type, incidentId);
		add(between, registerBetween, incidentId);
	}
	return { types: shownCounts(sizes(types)), between: shownCounts(sizes(between)) };
}

function add<K>(counted: Map<K, Set<IncidentId>>, key: K, id: IncidentId): void {
	counted.set(key, (counted.get(key) ?? new Set<IncidentId>()).add(id));
}

function sizes<K>(counted: ReadonlyMap<K, ReadonlySet<IncidentId>>) {
	return [...counted].map(([key, ids]) => ({ key, count: ids.size }));
}
