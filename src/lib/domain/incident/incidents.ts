import {
	incidentIdFor,
	type GroupId,
	type IncidentId,
	type ObservationId,
	type PlaceId,
	type PupilId,
} from '#domain/id.ts';
import { heavierBasket, type Basket } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS, Form, formsOf, type Behaviour } from '#domain/observation/behaviour.ts';
import type { Observation, Participant, Withdrawal } from '#domain/observation/observation.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import type { AggressionFunction, Processing } from './processing.ts';

/** What happened: one observation, or several that the coordinator merged. */
export interface Incident {
	readonly id: IncidentId;
	/** Earliest first. */
	readonly observationIds: readonly ObservationId[];
	readonly occurredAt: LocalDateTime;
	readonly placeId: PlaceId | null;
	readonly outsideSchool: boolean;
	readonly digital: boolean;
	/** Each child once per role; children in words stay in words. */
	readonly participants: readonly Participant[];
	readonly victimGroupId: GroupId | null;
	readonly behaviours: readonly Behaviour[];
	readonly forms: readonly Form[];
	/** As heavy as its heaviest account; `green` means wanted behaviour only. */
	readonly basket: Basket;
	readonly aggressionFunction: AggressionFunction | null;
	/** The pupils who told; empty where the reader may not know (M5-06). */
	readonly toldBy: readonly PupilId[];
	/** Every observation of it was confirmed by the coordinator. */
	readonly processed: boolean;
	readonly note?: string;
}

export interface IncidentFacts {
	readonly observations: Iterable<Observation>;
	readonly withdrawals: Iterable<Withdrawal>;
	readonly processings: Iterable<Processing>;
}

/** One observation as it counts: in the coordinator's words where there are any, else in the reporter's. */
interface Account {
	readonly observation: Observation;
	readonly confirmed: Processing | undefined;
}

/**
 * What happened, folded from what was told and what the coordinator made of it (M5-07). The order of the facts
 * does not matter. A withdrawn or set aside observation never counts; one that nobody looked at yet counts as
 * it was told, and so does one that was put back to process, which stays in the incident its processing names.
 * Sorted by moment, then id. `docs/analysis.md` says each rule.
 */
export function foldIncidents(facts: IncidentFacts): Incident[] {
	const observations = latest(
		facts.observations,
		(each) => each.id,
		(each) => each.notedAt,
	);
	const processings = latest(
		facts.processings,
		(each) => each.observationId,
		(each) => each.processedAt,
	);
	for (const { observationId, withdrawnBy } of facts.withdrawals) {
		const reporterId = observations.get(observationId)?.reporterId;
		const byAnother = reporterId !== undefined && withdrawnBy !== undefined && reporterId !== withdrawnBy;
		if (!byAnother) observations.delete(observationId);
	}

	const accountsByIncident = new Map<IncidentId, Account[]>();
	for (const observation of observations.values()) {
		const processing = processings.get(observation.id);
		if (processing?.outcome === 'setAside') continue;
		const id = processing?.incidentId ?? incidentIdFor(observation.id);
		const account = { observation, confirmed: processing?.outcome === 'confirmed' ? processing : undefined };
		const accounts = accountsByIncident.get(id);
		if (accounts) accounts.push(account);
		else accountsByIncident.set(id, [account]);
	}
	return [...accountsByIncident].map(([id, accounts]) => incidentFrom(id, accounts)).sort(byMomentThenId);
}

/** One document per key: the one written last counts. */
function latest<T>(documents: Iterable<T>, keyOf: (each: T) => string, writtenAt: (each: T) => string): Map<string, T> {
	const byKey = new Map<string, T>();
	for (const each of documents) {
		const other = byKey.get(keyOf(each));
		if (!other || Date.parse(writtenAt(other)) <= Date.parse(writtenAt(each))) byKey.set(keyOf(each), each);
	}
	return byKey;
}

function incidentFrom(id: IncidentId, unsorted: readonly Account[]): Incident {
	// What the coordinator checked speaks first, then who saw it first: merging is commutative.
	const accounts = [...unsorted].sort(
		(a, b) =>
			Number(b.confirmed !== undefined) - Number(a.confirmed !== undefined) ||
			byMomentThenId(a.observation, b.observation),
	);
	const observations = accounts.map(({ observation }) => observation).sort(byMomentThenId);
	const told = accounts.map(({ observation, confirmed }) => confirmed ?? observation);
	const behaviours = new Set(told.flatMap((each) => each.behaviours));
	const forms = new Set(
		accounts.flatMap(({ observation, confirmed }) => confirmed?.forms ?? formsOf(observation.behaviours)),
	);
	const notes = accounts.flatMap(({ observation, confirmed }) => confirmed?.note ?? observation.note ?? []);
	return {
		id,
		observationIds: observations.map((each) => each.id),
		occurredAt: observations.map((each) => each.occurredAt).reduce((first, next) => (next < first ? next : first)),
		placeId: firstKnown(told.map((each) => each.placeId)),
		outsideSchool: observations.some((each) => each.outsideSchool),
		digital: observations.some((each) => each.digital),
		participants: distinctParticipants(told.flatMap((each) => each.participants)),
		victimGroupId: firstKnown(told.map((each) => each.victimGroupId)),
		behaviours: BEHAVIOUR_IDS.filter((behaviour) => behaviours.has(behaviour)),
		forms: Form.options.filter((form) => forms.has(form)),
		basket: told.map((each) => each.basket).reduce(heavierBasket),
		aggressionFunction: firstKnown(accounts.map(({ confirmed }) => confirmed?.aggressionFunction ?? null)),
		toldBy: [...new Set(observations.flatMap((each) => each.toldBy ?? []))],
		processed: accounts.every(({ confirmed }) => confirmed !== undefined),
		...(notes.length > 0 && { note: [...new Set(notes)].join('\n') }),
	};
}

function firstKnown<T>(values: readonly (T | null)[]): T | null {
	return values.find((value) => value !== null) ?? null;
}

function distinctParticipants(participants: readonly Participant[]): Participant[] {
	const distinct = new Map<string, Participant>();
	for (const each of participants) {
		const who = 'pupilId' in each ? each.pupilId : `?${each.description}`;
		const key = `${each.role} ${who}`;
		if (!distinct.has(key)) distinct.set(key, each);
	}
	return [...distinct.values()];
}

/** Text of one alphabet and length: plain comparison, so every device sorts the same whatever its language. */
export function byMomentThenId(
	a: { readonly occurredAt: string; readonly id: string },
	b: { readonly occurredAt: string; readonly id: string },
): number {
	return compare(a.occurredAt, b.occurredAt) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
