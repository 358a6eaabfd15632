import type { GroupId, PlaceId, PupilId } from '#domain/id.ts';
import { BASKETS } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS, Form } from '#domain/observation/behaviour.ts';
import { Handling } from '#domain/observation/observation.ts';
import { addDays, dateOfDayNumber, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import { beforeAndAfter } from './before-after.ts';
import { shareByChance } from './chance.ts';
import { buildColumns, type AnalysisFacts, type Columns } from './columns.ts';
import { comparisonsOf } from './comparisons.ts';
import { concentrationOf } from './concentration.ts';
import { functionIn, hasHandling, isHandled } from './extras.ts';
import { foldDetails, type Details } from './fold-details.ts';
import { foldColumns, type Folded, type FoldQuestion, type RoleTallies } from './fold.ts';
import { HOURS_PER_DAY } from './incident-table.ts';
import { integrityOf } from './integrity.ts';
import { at, increment } from './lists.ts';
import { groupPairFigures, pairFigures } from './pairs.ts';
import { precisionOf } from './precision.ts';
import { groupReporting, reporterFigures } from './reporting.ts';
import {
	WINDOW_DAYS,
	type AnalysisResult,
	type Counter,
	type Pareto,
	type ParetoBar,
	type PlaceFigure,
	type Question,
	type RoleCounts,
	type Share,
	type SituationFigure,
} from './result.ts';
import { rhythmOf } from './rhythm.ts';
import { schoolTimeOf, SITUATIONS, type SchoolTime } from './school-time.ts';
import { isPupilOf, isWhole } from './scope.ts';
import { shareInterval } from './statistics/binomial.ts';
import { STRUCTURAL_RULE, structuralOf } from './structural.ts';
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
	const time = schoolTimeOf(columns.calendars);
	const folded = foldColumns(columns, asked);
	const details = foldDetails(columns, asked, time);
	const result = describeFold({ columns, question, asked, time, folded, details });
	const { pairs, pupils, top10 } = result.pareto;
	const chance = shareByChance(pairs, pupils, top10.pupils, top10.pairs);
	return { ...result, pareto: { ...result.pareto, chance } };
}

/** The day of the latest incident, wanted or not; `null` when there is none. */
export function latestDay({ trouble, green }: Columns): LocalDate | null {
	const days = [trouble, green]
		.filter(({ rows }) => rows > 0)
		.map((table) => table.firstDay + table.dayStart.length - 2);
	return days.length === 0 ? null : dateOfDayNumber(Math.max(...days));
}

/** A group, site or pupil that no document knows has code -1: nothing belongs to it. */
export function inNumbers(columns: Columns, question: Question): FoldQuestion {
	const until = dayNumber(question.until);
	const countersFrom = until - WINDOW_DAYS + 1;
	return {
		from: question.from === undefined ? countersFrom : dayNumber(question.from),
		until,
		countersFrom,
		newFrom: question.since === undefined ? null : dayNumber(question.since) + 1,
		scope: {
			group: question.groupId === undefined ? null : codeIn(columns.groupIds, question.groupId),
			site: question.siteId === undefined ? null : codeIn(columns.siteIds, question.siteId),
			pupil: question.pupilId === undefined ? null : codeIn(columns.pupilIds, question.pupilId),
		},
	};
}

interface Counted {
	readonly columns: Columns;
	readonly question: Question;
	readonly asked: FoldQuestion;
	readonly time: SchoolTime;
	readonly folded: Folded;
	readonly details: Details;
}

/** The figures of a fold under their names; what chance would give is left to `analyseColumns`. */
function describeFold(counted: Counted): AnalysisResult {
	const { columns, question, asked, time, folded, details } = counted;
	const { incidents, traits } = folded;
	const schoolDays = time.schoolDays(asked.from, asked.until);
	const perSchoolDay = (count: number) => (schoolDays === 0 ? null : count / schoolDays);
	const share = (count: number): Share => ({
		...{ incidents: count, share: incidents === 0 ? 0 : count / incidents },
		...shareInterval(count, incidents),
		perSchoolDay: perSchoolDay(count),
	});
	const withTraits = (is: (combination: number) => boolean) => share(countWhere(traits, is));
	const withExtras = (is: (combination: number) => boolean) => share(countWhere(details.extras, is));
	const marked = (mark: Mark) => withTraits((combination) => hasMark(combination, mark));
	const places = describePlaces(columns, folded, share, schoolDays);
	const playground = places
		.filter(({ placeId }) => placeId !== null && columns.isPlayground[codeIn(columns.placeIds, placeId)] === 1)
		.reduce((sum, place) => sum + place.incidents, 0);
	const pareto = describePareto(columns, folded);
	const isPart = asked.scope.group !== null || asked.scope.pupil !== null;
	return {
		v: 1,
		period: {
			from: question.from ?? addDays(question.until, 1 - WINDOW_DAYS),
			until: question.until,
			since: question.since ?? null,
			groupId: question.groupId ?? null,
			siteId: question.siteId ?? null,
			pupilId: question.pupilId ?? null,
			countersFrom: addDays(question.until, 1 - WINDOW_DAYS),
			schoolDays,
			perSchoolDay: perSchoolDay(incidents),
		},
		counts: { observations: folded.observations, incidents, unprocessed: folded.unprocessed, green: folded.green },
		pareto,
		concentration: concentrationOf(
			pareto.instigators.map((bar) => bar.incidents),
			pareto.pupils,
		),
		structural: structuralOf(columns, details, question.structuralRule ?? STRUCTURAL_RULE, share),
		counters: describeCounters(columns, folded, asked),
		places,
		hours: Array.from({ length: HOURS_PER_DAY }, (_, hour) =>
			places.reduce((sum, place) => sum + (place.hours[hour] ?? 0), 0),
		),
		weekdays: [...folded.weekdays],
		weekdayRates: describeWeekdays(counted),
		months: describeMonths(folded, asked, time),
		rhythm: rhythmOf(folded.days, asked.until - folded.days.length + 1, time),
		sinceRound:
			asked.newFrom === null || asked.newFrom > asked.until
				? null
				: beforeAndAfter(details.table, asked.newFrom - 1, asked.until, time),
		precision: precisionOf(columns, details.table, asked, time),
		situations: describeSituations(counted, share),
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
		groups: describeGroups(columns, folded.groups, share),
		wholeGroup: share(incidents - at(details.victimGroups, 0)),
		wholeGroups: describeGroups(columns, details.victimGroups, share),
		handling: Handling.options
			.map((handling) => ({ handling, ...withExtras((extras) => hasHandling(extras, handling)) }))
			.filter((each) => each.incidents > 0)
			.sort((a, b) => b.incidents - a.incidents),
		unhandled: withExtras((extras) => !isHandled(extras)),
		functions: {
			reactive: withExtras((extras) => functionIn(extras) === 'reactive'),
			proactive: withExtras((extras) => functionIn(extras) === 'proactive'),
			open: withExtras((extras) => functionIn(extras) === null),
		},
		pairs: pairFigures(columns, details),
		groupPairs: groupPairFigures(columns, details),
		comparisons: isPart ? null : comparisonsOf(columns, details, folded.groups, asked.from, schoolDays),
		reporters: reporterFigures(columns, details, isWhole(asked.scope)),
		groupReporting: groupReporting(columns, asked.from, asked.until, time),
		integrity: integrityOf(columns, details, time),
	};
}

function describeGroups(columns: Columns, counts: Uint32Array, share: (count: number) => Share) {
	return columns.groupIds
		.map((groupId, index) => ({ groupId: groupId as GroupId, count: at(counts, index + 1) }))
		.filter(({ count }) => count > 0)
		.sort((a, b) => b.count - a.count)
		.map(({ groupId, count }) => ({ groupId, ...share(count) }));
}

function describeSituations({ asked, time, details }: Counted, share: (count: number) => Share): SituationFigure[] {
	const minutes = time.minutes(asked.from, asked.until);
	return SITUATIONS.map((situation, index) => {
		const incidents = at(details.situations, index);
		const length = minutes[index] || null;
		return {
			...{ situation, ...share(incidents), minutes: length },
			perHour: length === null ? null : incidents / (length / 60),
		};
	});
}

function describeWeekdays({ asked, time, folded }: Counted): AnalysisResult['weekdayRates'] {
	const schoolDays = new Uint32Array(7);
	for (let day = asked.from; day <= asked.until; day++) {
		if (time.days.isOpen(day)) increment(schoolDays, (((day + 3) % 7) + 7) % 7);
	}
	return Array.from(schoolDays, (days, index) => ({
		schoolDays: days,
		perSchoolDay: days === 0 ? null : at(folded.weekdays, index) / days,
	}));
}

function countWhere(counts: Uint32Array, is: (combination: number) => boolean): number {
	let count = 0;
	for (let combination = 0; combination < counts.length; combination++) {
		const incidents = at(counts, combination);
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
		incidentsWithoutInstigator: countWhere(traits, (combination) => hasMark(combination, 'noInstigator')),
		instigators: bars,
		pupilsAt80,
		pupils,
		top10: { pupils: topPupils, pairs: topPairs, share: pairs === 0 ? 0 : topPairs / pairs },
		chance: null,
	};
}

function describeCounters(columns: Columns, { counters, change }: Folded, { scope }: FoldQuestion): Counter[] {
	const found: Counter[] = [];
	for (let code = 1; code < counters.instigator.length; code++) {
		if (at(counters.instigator, code) + at(counters.victim, code) + at(counters.reporter, code) === 0) continue;
		const groupCode = at(columns.groupOfPupil, code);
		if (!isPupilOf(columns, scope, code)) continue;
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

function describePlaces(
	columns: Columns,
	{ placeHour }: Folded,
	share: (count: number) => Share,
	schoolDays: number,
): PlaceFigure[] {
	const found: PlaceFigure[] = [];
	for (let code = 1; code <= columns.placeIds.length + 1; code++) {
		// "No place given" stands last among equals.
		const place = code > columns.placeIds.length ? 0 : code;
		const hours = [...placeHour.subarray(place * HOURS_PER_DAY, (place + 1) * HOURS_PER_DAY)];
		const incidents = hours.reduce((sum, count) => sum + count, 0);
		if (incidents === 0) continue;
		const placeId = (columns.placeIds[place - 1] ?? null) as PlaceId | null;
		const supervisedHours = ((columns.supervisedMinutes[place] ?? 0) / 60) * schoolDays;
		const perSupervisedHour = supervisedHours === 0 ? null : incidents / supervisedHours;
		found.push({ placeId, kind: columns.placeKinds[place] ?? null, ...share(incidents), hours, perSupervisedHour });
	}
	return found.sort((a, b) => b.incidents - a.incidents);
}

function describeMonths({ days }: Folded, { until }: FoldQuestion, time: SchoolTime): AnalysisResult['months'] {
	const first = until - days.length + 1;
	const months: { month: string; incidents: number; schoolDays: number }[] = [];
	for (let i = 0; i < days.length; i++) {
		const month = dateOfDayNumber(first + i).slice(0, 7);
		let last = months.at(-1);
		if (last?.month !== month) months.push((last = { month, incidents: 0, schoolDays: 0 }));
		last.incidents += at(days, i);
		if (time.days.isOpen(first + i)) last.schoolDays++;
	}
	return months.map((month) => ({
		...month,
		perSchoolDay: month.schoolDays === 0 ? null : month.incidents / month.schoolDays,
	}));
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
