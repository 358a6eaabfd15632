import type { GroupId, PlaceId, PupilId } from '#domain/id.ts';
import { BASKETS } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS, Form } from '#domain/observation/behaviour.ts';
import { addDays, dateOfDayNumber, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import { shareByChance } from './chance.ts';
import { buildColumns, type AnalysisFacts, type Columns } from './columns.ts';
import { foldColumns, type Folded, type FoldQuestion, type RoleTallies } from './fold.ts';
import { HOURS_PER_DAY } from './incident-table.ts';
import { at } from './lists.ts';
import { WINDOW_DAYS } from './result.ts';
import type { AnalysisResult, Counter, Pareto, ParetoBar, PlaceFigure, Question, RoleCounts, Share } from './result.ts';
import { hasBasket, hasForm, hasMark, type Mark } from './traits.ts';

export type { AnalysisFacts } from './columns.ts';
export type { AnalysisResult, Question } from './result.ts';

export interface AnalysisInput extends AnalysisFacts, Question {}

/** One in ten pupils: about as few as stand behind 80 % of incidents (domain figures). */
const TOP_PART = 10;

/**
 * Who, what, where and when, from documents to figures (M5-08, M5-10). Pure, and the same on server and device.
 * Who asks several questions of the same documents builds the columns once and uses `analyseColumns`.
 */
export function analyse(input: AnalysisInput): AnalysisResult {
	return analyseColumns(buildColumns(input), input);
}

export function analyseColumns(columns: Columns, question: Question): AnalysisResult {
	const asked = inNumbers(columns, question);
	const folded = foldColumns(columns, asked);
	const result = describeFold(columns, folded, question);
	const { pairs, pupils, top10 } = result.pareto;
	return { ...result, pareto: { ...result.pareto, chance: shareByChance(pairs, pupils, top10.pupils) } };
}

/** The day of the latest incident, wanted or not; `null` when there is none. */
export function latestDay({ trouble, green }: Columns): LocalDate | null {
	const days = [trouble, green]
		.filter(({ rows }) => rows > 0)
		.map((table) => table.firstDay + table.dayStart.length - 2);
	return days.length === 0 ? null : dateOfDayNumber(Math.max(...days));
}

/** A group that no document knows has code -1: nothing belongs to it. */
export function inNumbers(columns: Columns, question: Question): FoldQuestion {
	const until = dayNumber(question.until);
	const countersFrom = until - WINDOW_DAYS + 1;
	return {
		from: question.from === undefined ? countersFrom : dayNumber(question.from),
		until,
		countersFrom,
		newFrom: question.since === undefined ? null : dayNumber(question.since) + 1,
		group: question.groupId === undefined ? null : codeIn(columns.groupIds, question.groupId),
	};
}

/** The figures of a fold under their names; what chance would give is left to `analyseColumns`. */
function describeFold(columns: Columns, folded: Folded, question: Question): AnalysisResult {
	const { incidents, traits } = folded;
	const share = (count: number): Share => ({ incidents: count, share: incidents === 0 ? 0 : count / incidents });
	const withTraits = (is: (combination: number) => boolean) => share(countTraits(traits, is));
	const marked = (mark: Mark) => withTraits((combination) => hasMark(combination, mark));
	const places = describePlaces(columns, folded, share);
	const playground = places
		.filter(({ placeId }) => placeId !== null && columns.isPlayground[codeIn(columns.placeIds, placeId)] === 1)
		.reduce((sum, place) => sum + place.incidents, 0);
	return {
		v: 1,
		period: {
			from: question.from ?? addDays(question.until, 1 - WINDOW_DAYS),
			until: question.until,
			since: question.since ?? null,
			groupId: question.groupId ?? null,
			countersFrom: addDays(question.until, 1 - WINDOW_DAYS),
		},
		counts: { observations: folded.observations, incidents, unprocessed: folded.unprocessed, green: folded.green },
		pareto: describePareto(columns, folded),
		counters: describeCounters(columns, folded, question),
		places,
		hours: Array.from({ length: HOURS_PER_DAY }, (_, hour) =>
			places.reduce((sum, place) => sum + (place.hours[hour] ?? 0), 0),
		),
		weekdays: [...folded.weekdays],
		months: describeMonths(folded, question),
		behaviours: BEHAVIOUR_IDS.map((behaviour, code) => ({ behaviour, ...share(at(folded.behaviours, code)) }))
			.filter((each) => each.incidents > 0)
			.sort((a, b) => b.incidents - a.incidents),
		forms: Form.options.map((form) => ({ form, ...withTraits((combination) => hasForm(combination, form)) })),
		baskets: BASKETS.filter((basket) => basket !== 'green').map((basket) => ({
			basket,
			...withTraits((combination) => hasBasket(combination, basket)),
		})),
		violent: marked('violent'),
		playground: share(playground),
		digital: marked('digital'),
		outsideSchool: marked('outsideSchool'),
		groups: columns.groupIds
			.map((groupId, index) => ({ groupId: groupId as GroupId, ...share(at(folded.groups, index + 1)) }))
			.filter((each) => each.incidents > 0)
			.sort((a, b) => b.incidents - a.incidents),
	};
}

function countTraits(traits: Uint32Array, is: (combination: number) => boolean): number {
	let count = 0;
	for (let combination = 0; combination < traits.length; combination++) {
		const incidents = at(traits, combination);
		if (incidents > 0 && is(combination)) count += incidents;
	}
	return count;
}

function describePareto(columns: Columns, { instigators, instigatorOrder, pupils, traits }: Folded): Pareto {
	let pairs = 0;
	for (const code of instigatorOrder) pairs += at(instigators, code);
	const topPupils = Math.ceil(pupils / TOP_PART);
	let cumulative = 0;
	let topPairs = 0;
	let pupilsAt80 = 0;
	const bars: ParetoBar[] = [];
	for (const code of instigatorOrder) {
		// Compared in whole numbers: 0.8 has no exact place among the fractions.
		if (cumulative * 5 < pairs * 4) pupilsAt80++;
		const incidents = at(instigators, code);
		cumulative += incidents;
		if (bars.length < topPupils) topPairs = cumulative;
		const pupilId = (columns.pupilIds[code - 1] ?? '') as PupilId;
		bars.push({ pupilId, incidents, cumulative, cumulativeShare: cumulative / pairs });
	}
	return {
		pairs,
		incidentsWithoutInstigator: countTraits(traits, (combination) => hasMark(combination, 'noInstigator')),
		instigators: bars,
		pupilsAt80,
		pupils,
		top10: { pupils: topPupils, pairs: topPairs, share: pairs === 0 ? 0 : topPairs / pairs },
		chance: null,
	};
}

function describeCounters(columns: Columns, { counters, change }: Folded, question: Question): Counter[] {
	const group = question.groupId === undefined ? null : codeIn(columns.groupIds, question.groupId);
	const found: Counter[] = [];
	for (let code = 1; code < counters.instigator.length; code++) {
		if (at(counters.instigator, code) + at(counters.victim, code) + at(counters.reporter, code) === 0) continue;
		const groupCode = at(columns.groupOfPupil, code);
		if (group !== null && groupCode !== group) continue;
		found.push({
			pupilId: (columns.pupilIds[code - 1] ?? '') as PupilId,
			groupId: (columns.groupIds[groupCode - 1] ?? null) as GroupId | null,
			...roleCounts(counters, code),
			change: change && roleCounts(change, code),
		});
	}
	// Stable, and codes lie in the order of their ids.
	return found.sort((a, b) => b.instigator - a.instigator);
}

function roleCounts({ reporter, instigator, victim }: RoleTallies, code: number): RoleCounts {
	return { reporter: at(reporter, code), instigator: at(instigator, code), victim: at(victim, code) };
}

function describePlaces(columns: Columns, { placeHour }: Folded, share: (count: number) => Share): PlaceFigure[] {
	const found: PlaceFigure[] = [];
	for (let code = 1; code <= columns.placeIds.length + 1; code++) {
		// "No place given" stands last among equals.
		const place = code > columns.placeIds.length ? 0 : code;
		const hours = [...placeHour.subarray(place * HOURS_PER_DAY, (place + 1) * HOURS_PER_DAY)];
		const incidents = hours.reduce((sum, count) => sum + count, 0);
		if (incidents === 0) continue;
		const placeId = (columns.placeIds[place - 1] ?? null) as PlaceId | null;
		found.push({ placeId, kind: columns.placeKinds[place] ?? null, ...share(incidents), hours });
	}
	return found.sort((a, b) => b.incidents - a.incidents);
}

function describeMonths({ days }: Folded, question: Question): AnalysisResult['months'] {
	const first = dayNumber(question.until) - days.length + 1;
	const months: { month: string; incidents: number }[] = [];
	for (let i = 0; i < days.length; i++) {
		const date = dateOfDayNumber(first + i);
		const last = months.at(-1);
		const month = date.slice(0, 7);
		if (last?.month === month) last.incidents += at(days, i);
		else months.push({ month, incidents: at(days, i) });
	}
	return months;
}

/** Ids are sorted, so a search by halves finds the code; -1 for an id that is not there. */
export function codeIn(sortedIds: readonly string[], id: string): number {
	let low = 0;
	let high = sortedIds.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sortedIds[middle] ?? '') < id) low = middle + 1;
		else high = middle;
	}
	return sortedIds[low] === id ? low + 1 : -1;
}
