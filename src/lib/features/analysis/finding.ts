import type { AnalysisResult } from '#domain/analysis/result.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { behaviourName } from '#lib/i18n/terms.ts';
import { standsOut } from '#domain/analysis/evidence.ts';
import { isConcentrated } from './pareto-figure.ts';
import { hottest } from './place-figures.ts';
import { dayInWords, decimal, hourRange, listed, nameOfPlace, percent } from './words.ts';

/** A run of words in the finding; the weighty ones are strong. */
export interface Run {
	readonly text: string;
	readonly strong: boolean;
}

/** Fewer incidents than this and every figure is said to be small (D9). */
const FEW = 20;

/** Fewer school days than this make no pace. */
const MIN_SCHOOL_DAYS = 5;

/** The page's first words: who, against chance, where and what, and how it goes since the round (D9, M5-10). */
export function findingOf(result: AnalysisResult, roster: RosterIndex, today: LocalDate): Run[] {
	const sentences = [...concentration(result), ...mostOften(result, roster), ...pace(result, today)];
	return runsOf(sentences.join(' '));
}

function concentration({ pareto, counts }: AnalysisResult): string[] {
	const few = counts.incidents < FEW ? [m.analysis_finding_few_data({ count: counts.incidents })] : [];
	if (pareto.pairs === 0) return few;
	const first = m.analysis_finding_few({
		count: pareto.pupilsAt80,
		pupils: pareto.pupils,
		times: pareto.pairs,
	});
	const { chance, top10 } = pareto;
	if (!chance) return [first, ...few];
	const second = m.analysis_finding_chance({
		count: top10.pupils,
		share: percent(top10.share),
		low: percent(chance.low),
		high: percent(chance.high),
	});
	const third = isConcentrated(pareto) ? [] : [m.analysis_finding_maybe_chance()];
	return [first, second, ...third, ...few];
}

function mostOften(result: AnalysisResult, roster: RosterIndex): string[] {
	const hot = hottest(result.places);
	const place = hot ? `${nameOfPlace(hot.place, roster).toLocaleLowerCase()}, ${hourRange(hot.hour)}` : null;
	const behaviours = listed(result.behaviours.slice(0, 2).map(({ behaviour }) => behaviourName[behaviour]()));
	const ahead = groupsAhead(result).map((id) => roster.group(id)?.name ?? '?');
	const groups = ahead.length > 0 ? m.analysis_finding_groups({ count: ahead.length, groups: listed(ahead) }) : null;
	const [most, ...more] = [place, behaviours, groups].filter((each): each is string => Boolean(each));
	if (!most) return [];
	return [
		more.length > 0 ? m.analysis_finding_most_more({ most, more: more.join(', ') }) : m.analysis_finding_most({ most }),
	];
}

/** At most two groups, and only those that chance does not explain. */
function groupsAhead({ groups, period }: AnalysisResult) {
	if (period.groupId) return [];
	const counts = groups.map(({ incidents }) => incidents);
	if (standsOut(counts) === null) return [];
	const second = standsOut(counts.slice(1)) === null ? [] : groups.slice(1, 2);
	return [...groups.slice(0, 1), ...second].map(({ groupId }) => groupId);
}

function pace({ sinceRound }: AnalysisResult, today: LocalDate): string[] {
	if (!sinceRound) return [];
	const { before, after } = sinceRound;
	if (before.perSchoolDay === null || after.perSchoolDay === null) return [];
	if (Math.min(before.schoolDays, after.schoolDays) < MIN_SCHOOL_DAYS) return [];
	return [
		m.analysis_finding_pace({
			date: dayInWords(before.until, today),
			now: decimal(after.perSchoolDay),
			before: decimal(before.perSchoolDay),
		}),
	];
}

/** `*` stands around strong words in the messages. */
function runsOf(text: string): Run[] {
	return text
		.split('*')
		.map((part, index) => ({ text: part, strong: index % 2 === 1 }))
		.filter((run) => run.text !== '');
}
