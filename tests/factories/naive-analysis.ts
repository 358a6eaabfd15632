import type { AnalysisInput } from '#domain/analysis/analyse.ts';
import { BEHAVIOURS, type Behaviour } from '#domain/observation/behaviour.ts';

/**
 * The rules of `docs/analysis.md` once more, written apart from the product with objects and loops only, to compare
 * with. Slow and plain on purpose: nothing of the product's counting is used here, not even its incidents.
 */
export function naiveAnalysis(input: AnalysisInput) {
	const countersFrom = dayBefore(input.until, 364);
	const from = input.from ?? countersFrom;
	const all = incidentsOf(input);
	const trouble = all.filter((incident) => incident.basket > 0);
	const inScope = (incident: Incident) =>
		incident.day >= from && incident.day <= input.until && isAskedFor(incident, input);
	const scoped = trouble.filter(inScope);
	const share = (incidents: number) => ({ incidents, share: scoped.length ? incidents / scoped.length : 0 });
	const count = (is: (incident: Incident) => boolean) => share(scoped.filter(is).length);
	const kindOf = new Map<string | null, string>([...input.places].map((place) => [place.id, place.kind]));
	const outside = ['climbingFrame', 'footballField', 'playground', 'sandpit', 'bicycleShed'];
	const hours = (incidents: readonly Incident[]) =>
		Array.from({ length: 24 }, (_, hour) => incidents.filter((incident) => incident.hour === hour).length);

	const window = trouble.filter((incident) => incident.day >= countersFrom && incident.day <= input.until);
	const roles = (incidents: readonly Incident[], pupil: string) => ({
		reporter: incidents.filter((incident) => incident.tellers.includes(pupil)).length,
		instigator: incidents.filter((incident) => incident.instigators.includes(pupil)).length,
		victim: incidents.filter((incident) => incident.victims.includes(pupil)).length,
	});
	const since = input.since;
	const groupOf = new Map<string, string>([...input.pupils].map((pupil) => [pupil.id, pupil.groupId]));
	const involved = distinct(
		window.flatMap(({ tellers, instigators, victims }) => [...tellers, ...instigators, ...victims]),
	);
	const months: string[] = [];
	for (let day = from; day <= input.until; day = dayBefore(day, -1)) {
		if (!months.includes(day.slice(0, 7))) months.push(day.slice(0, 7));
	}
	return {
		v: 1,
		period: {
			...{ from, until: input.until, since: since ?? null, countersFrom },
			...{ groupId: input.groupId ?? null, siteId: input.siteId ?? null, pupilId: input.pupilId ?? null },
		},
		counts: {
			observations: scoped.reduce((sum, incident) => sum + incident.observations, 0),
			incidents: scoped.length,
			unprocessed: scoped.reduce((sum, incident) => sum + incident.unprocessed, 0),
			green: all.filter((incident) => incident.basket === 0 && inScope(incident)).length,
		},
		pareto: paretoOf(scoped, input, from),
		counters: involved
			.filter((pupil) => isPupilAskedFor(pupil, input))
			.map((pupil) => ({
				pupilId: pupil,
				groupId: groupOf.get(pupil) ?? null,
				...roles(window, pupil),
				change:
					since === undefined
						? null
						: roles(
								window.filter((incident) => incident.day > since),
								pupil,
							),
			}))
			.sort((a, b) => b.instigator - a.instigator || compare(a.pupilId, b.pupilId)),
		places: distinct(scoped.map((incident) => incident.place ?? '~none'))
			.map((id) => {
				const there = scoped.filter((incident) => (incident.place ?? '~none') === id);
				return { id, kind: kindOf.get(id) ?? null, ...share(there.length), hours: hours(there) };
			})
			.sort((a, b) => b.incidents - a.incidents || compare(a.id, b.id))
			.map(({ id, ...rest }) => ({ placeId: id === '~none' ? null : id, ...rest })),
		hours: hours(scoped),
		weekdays: [1, 2, 3, 4, 5, 6, 0].map(
			(weekday) => scoped.filter((incident) => new Date(`${incident.day}T12:00Z`).getUTCDay() === weekday).length,
		),
		months: months.map((month) => ({
			month,
			incidents: scoped.filter((incident) => incident.day.startsWith(month)).length,
		})),
		behaviours: (Object.keys(BEHAVIOURS) as Behaviour[])
			.map((behaviour) => ({ behaviour, ...count((incident) => incident.behaviours.includes(behaviour)) }))
			.filter((each) => each.incidents > 0)
			.sort((a, b) => b.incidents - a.incidents),
		forms: (['physical', 'verbal', 'nonVerbal', 'relational'] as const).map((form) => ({
			form,
			...count((incident) => incident.forms.includes(form)),
		})),
		baskets: (['yellow', 'orange', 'red'] as const).map((basket, index) => ({
			basket,
			...count((incident) => incident.basket === index + 1),
		})),
		violent: count((incident) => incident.behaviours.some((behaviour) => BEHAVIOURS[behaviour].violent)),
		playground: count((incident) => outside.includes(kindOf.get(incident.place) ?? '')),
		digital: count((incident) => incident.digital),
		outsideSchool: count((incident) => incident.outsideSchool),
		groups: distinct(scoped.flatMap((incident) => incident.groups))
			.map((groupId) => ({ groupId, ...count((incident) => incident.groups.includes(groupId)) }))
			.sort((a, b) => b.incidents - a.incidents || compare(a.groupId, b.groupId)),
	};
}

export function isAskedFor(incident: Incident, input: AnalysisInput): boolean {
	const siteOfGroup = new Map<string, string>([...input.groups].map((group) => [group.id, group.siteId]));
	const siteOfPlace = new Map<string | null, string>([...input.places].map((place) => [place.id, place.siteId]));
	const sites = [siteOfPlace.get(incident.place), ...incident.groups.map((group) => siteOfGroup.get(group))];
	const { groupId, siteId, pupilId } = input;
	return (
		(groupId === undefined || incident.groups.includes(groupId)) &&
		(siteId === undefined || sites.includes(siteId)) &&
		(pupilId === undefined || incident.instigators.includes(pupilId) || incident.victims.includes(pupilId))
	);
}

export function isPupilAskedFor(id: string, { groupId, siteId, pupilId, groups, pupils }: AnalysisInput): boolean {
	const own = [...pupils].find((pupil) => pupil.id === id)?.groupId;
	const site = [...groups].find((group) => group.id === own)?.siteId;
	return (
		(groupId === undefined || own === groupId) &&
		(siteId === undefined || site === siteId) &&
		(pupilId === undefined || id === pupilId)
	);
}

/** What chance would give is a simulation of its own and is checked by itself. */
function paretoOf(scoped: readonly Incident[], input: AnalysisInput, from: string) {
	const named = scoped.flatMap((incident) => incident.instigators);
	const counts = distinct(named)
		.map((pupilId) => ({ pupilId, incidents: named.filter((other) => other === pupilId).length }))
		.sort((a, b) => b.incidents - a.incidents || compare(a.pupilId, b.pupilId));
	let cumulative = 0;
	const bars = counts.map(({ pupilId, incidents }) => {
		cumulative += incidents;
		return { pupilId, incidents, cumulative, cumulativeShare: cumulative / named.length };
	});
	const here = [...input.pupils].filter(
		(pupil) => (pupil.leftOn === undefined || pupil.leftOn >= from) && isPupilAskedFor(pupil.id, input),
	);
	const pupils = distinct([...here.map((pupil) => pupil.id as string), ...named]).length;
	const top = Math.ceil(pupils / 10);
	const topPairs = bars.slice(0, top).reduce((sum, bar) => sum + bar.incidents, 0);
	const reaches = bars.findIndex((bar) => bar.cumulative * 10 >= named.length * 8);
	return {
		pairs: named.length,
		incidentsWithoutInstigator: scoped.filter((incident) => incident.instigators.length === 0).length,
		instigators: bars,
		pupilsAt80: reaches + 1,
		pupils,
		top10: { pupils: top, pairs: topPairs, share: named.length ? topPairs / named.length : 0 },
	};
}

export interface Incident {
	id: string;
	day: string;
	hour: number;
	/** Of the day. */
	minute: number;
	victimGroup: string | null;
	reporters: string[];
	handling: string[];
	aggressionFunction: string | null;
	hasUnknownChild: boolean;
	place: string | null;
	/** 0 green … 3 red. */
	basket: number;
	behaviours: Behaviour[];
	forms: string[];
	digital: boolean;
	outsideSchool: boolean;
	instigators: string[];
	victims: string[];
	tellers: string[];
	groups: string[];
	observations: number;
	unprocessed: number;
}

export function incidentsOf(input: AnalysisInput): Incident[] {
	const told = newest(
		[...input.observations],
		(each) => each.id,
		(each) => each.notedAt,
	);
	const decided = newest(
		[...input.processings],
		(each) => each.observationId,
		(each) => each.processedAt,
	);
	const counting = told.filter((observation) => {
		const takenBack = [...input.withdrawals].some(
			(withdrawal) =>
				withdrawal.observationId === observation.id &&
				(!observation.reporterId || !withdrawal.withdrawnBy || withdrawal.withdrawnBy === observation.reporterId),
		);
		const decision = decided.find((each) => each.observationId === observation.id);
		return !takenBack && decision?.outcome !== 'setAside';
	});
	const accounts = counting.map((observation) => {
		const decision = decided.find((each) => each.observationId === observation.id);
		const confirmed = decision?.outcome === 'confirmed';
		const what = confirmed ? decision : observation;
		return {
			observation,
			confirmed,
			aggressionFunction: confirmed ? decision.aggressionFunction : null,
			what,
			incident: decision?.incidentId ?? observation.id.replace('obs_', 'inc_'),
			forms: confirmed
				? decision.forms
				: observation.behaviours.flatMap((behaviour) => BEHAVIOURS[behaviour].form ?? []),
		};
	});
	const groupOf = new Map<string, string>([...input.pupils].map((pupil) => [pupil.id, pupil.groupId]));
	const baskets = ['green', 'yellow', 'orange', 'red'];
	return distinct(accounts.map((account) => account.incident)).map((id) => {
		const members = accounts
			.filter((account) => account.incident === id)
			.sort(
				(a, b) =>
					Number(b.confirmed) - Number(a.confirmed) ||
					compare(a.observation.occurredAt, b.observation.occurredAt) ||
					compare(a.observation.id, b.observation.id),
			);
		const pupilsAs = (role: string) =>
			distinct(
				members.flatMap(({ what }) =>
					what.participants.flatMap((each) =>
						each.role === role && 'pupilId' in each ? (each.pupilId as string) : [],
					),
				),
			);
		const [instigators, victims] = [pupilsAs('instigator'), pupilsAs('victim')];
		const firstAt = members.map(({ observation }) => observation.occurredAt as string).sort()[0] ?? '';
		const wholeGroup = members.map(({ what }) => what.victimGroupId).find((group) => group !== null);
		return {
			id,
			day: firstAt.slice(0, 10),
			hour: Number(firstAt.slice(11, 13)),
			minute: Number(firstAt.slice(11, 13)) * 60 + Number(firstAt.slice(14, 16)),
			victimGroup: wholeGroup ?? null,
			reporters: distinct(members.flatMap(({ observation }) => (observation.reporterId as string | undefined) ?? [])),
			handling: distinct(members.flatMap(({ observation }) => observation.handling)),
			aggressionFunction: members.map((member) => member.aggressionFunction).find((each) => each !== null) ?? null,
			hasUnknownChild: members.some(({ what }) =>
				what.participants.some((each) => !('pupilId' in each) && ['instigator', 'victim'].includes(each.role)),
			),
			place: members.map(({ what }) => what.placeId).find((place) => place !== null) ?? null,
			basket: Math.max(...members.map(({ what }) => baskets.indexOf(what.basket))),
			behaviours: distinct(members.flatMap(({ what }) => what.behaviours)),
			forms: distinct(members.flatMap(({ forms }) => forms)),
			digital: members.some(({ observation }) => observation.digital),
			outsideSchool: members.some(({ observation }) => observation.outsideSchool),
			instigators,
			victims,
			tellers: distinct(members.flatMap(({ observation }) => (observation.toldBy as string | undefined) ?? [])),
			groups: distinct(
				[...instigators, ...victims].flatMap((pupil) => groupOf.get(pupil) ?? []).concat(wholeGroup ?? []),
			),
			observations: members.length,
			unprocessed: members.filter(({ confirmed }) => !confirmed).length,
		};
	});
}

function newest<T>(documents: T[], keyOf: (each: T) => string, at: (each: T) => string): T[] {
	return distinct(documents.map(keyOf)).flatMap((key) => {
		const same = documents.filter((each) => keyOf(each) === key);
		const last = Math.max(...same.map((each) => Date.parse(at(each))));
		return same.filter((each) => Date.parse(at(each)) === last).slice(-1);
	});
}

export function distinct<T>(list: readonly T[]): T[] {
	return list.filter((each, index) => list.indexOf(each) === index);
}

export function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

export function dayBefore(day: string, days: number): string {
	const date = new Date(`${day}T12:00Z`);
	date.setUTCDate(date.getUTCDate() - days);
	return date.toISOString().slice(0, 10);
}
