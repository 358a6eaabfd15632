import type { GroupId } from '#domain/id.ts';
import { BASKETS } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS, Form } from '#domain/observation/behaviour.ts';
import { Handling } from '#domain/observation/observation.ts';
import { beforeAndAfter } from './before-after.ts';
import { shareByChance } from './chance.ts';
import { codeIn } from './codes.ts';
import { buildColumns, type AnalysisFacts, type Columns } from './columns.ts';
import { comparisonsOf } from './comparisons.ts';
import { concentrationOf } from './concentration.ts';
import { countWhere } from './count-where.ts';
import { countersOf } from './counters.ts';
import { functionIn, hasHandling, isHandled } from './extras.ts';
import { foldDetails, type Details } from './fold-details.ts';
import { foldColumns, type Folded, type FoldQuestion } from './fold.ts';
import { HOURS_PER_DAY } from './incident-table.ts';
import { integrityOf } from './integrity.ts';
import { at } from './lists.ts';
import { groupPairFigures, pairFigures } from './pairs.ts';
import { paretoOf } from './pareto.ts';
import { placeFigures } from './place-figures.ts';
import { precisionOf } from './precision.ts';
import { inNumbers, periodOf } from './question.ts';
import { groupReporting, reporterFigures } from './reporting.ts';
import type { AnalysisResult, Question, Share, ShareOf } from './result.ts';
import { rhythmOf } from './rhythm.ts';
import { schoolTimeOf, type SchoolTime } from './school-time.ts';
import { isWhole } from './scope.ts';
import { shareInterval } from './statistics/binomial.ts';
import { structuralOf } from './structural.ts';
import { monthFigures, situationFigures, weekdayRates } from './time-figures.ts';
import { hasBasket, hasForm, hasMark, type Mark } from './traits.ts';

export type { AnalysisFacts } from './columns.ts';
export type { AnalysisResult, Question } from './result.ts';

export interface AnalysisInput extends AnalysisFacts, Question {}

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

interface Counted {
	readonly columns: Columns;
	readonly question: Question;
	readonly asked: FoldQuestion;
	readonly time: SchoolTime;
	readonly folded: Folded;
	readonly details: Details;
}

/** The figures of a fold under their names; what chance would give is left to `analyseColumns`. */
function describeFold({ columns, question, asked, time, folded, details }: Counted): AnalysisResult {
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
	const places = placeFigures(columns, folded, share, schoolDays);
	const playground = places
		.filter(({ placeId }) => placeId !== null && columns.isPlayground[codeIn(columns.placeIds, placeId)] === 1)
		.reduce((sum, place) => sum + place.incidents, 0);
	const pareto = paretoOf(columns, folded);
	const isPart = asked.scope.group !== null || asked.scope.pupil !== null;
	return {
		v: 1,
		period: periodOf(question, schoolDays, incidents),
		counts: { observations: folded.observations, incidents, unprocessed: folded.unprocessed, green: folded.green },
		pareto,
		concentration: concentrationOf(
			pareto.instigators.map((bar) => bar.incidents),
			pareto.pupils,
		),
		structural: structuralOf(columns, details, question.structuralRule ?? columns.structuralRule, share),
		counters: countersOf(columns, folded, asked),
		places,
		hours: Array.from({ length: HOURS_PER_DAY }, (_, hour) =>
			places.reduce((sum, place) => sum + (place.hours[hour] ?? 0), 0),
		),
		weekdays: [...folded.weekdays],
		weekdayRates: weekdayRates(folded, asked, time),
		months: monthFigures(folded, asked, time),
		rhythm: rhythmOf(folded.days, asked.until - folded.days.length + 1, time),
		sinceRound:
			asked.newFrom === null || asked.newFrom > asked.until
				? null
				: beforeAndAfter(details.table, asked.newFrom - 1, asked.until, time),
		precision: precisionOf(columns, details.table, asked, time),
		situations: situationFigures(details, asked, time, share),
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

function describeGroups(columns: Columns, counts: Uint32Array, share: ShareOf) {
	return columns.groupIds
		.map((groupId, index) => ({ groupId: groupId as GroupId, count: at(counts, index + 1) }))
		.filter(({ count }) => count > 0)
		.sort((a, b) => b.count - a.count)
		.map(({ groupId, count }) => ({ groupId, ...share(count) }));
}
