import type { PupilId } from '#domain/id.ts';
import type { AggressionFunction } from '#domain/incident/processing.ts';
import { dateOfDayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Columns } from './columns.ts';
import { functionIn } from './extras.ts';
import type { Details } from './fold-details.ts';
import { at } from './lists.ts';
import type { Share, ShareOf, StructuralRule } from './result.ts';

/** Where in the pyramid of misbehaviour, above the line of authority; `open` while no questionnaire says (M5-03, M5-09). */
export type PyramidLevel = 'impulsive' | 'following' | 'leading' | 'open';

export interface StructuralPupil {
	readonly pupilId: PupilId;
	/** The evidence of the rule. */
	readonly incidents: number;
	readonly weeks: number;
	readonly victims: number;
	readonly firstOn: LocalDate;
	readonly lastOn: LocalDate;
	/** Incidents whose function is known. */
	readonly reactive: number;
	readonly proactive: number;
	/** Incidents together with an instigator who has more of them. */
	readonly behindOthers: number;
	readonly level: PyramidLevel;
}

export interface Structural {
	readonly rule: StructuralRule;
	/** Most incidents first, equal ones by id. */
	readonly pupils: readonly StructuralPupil[];
	/** Incidents with a structural instigator; with known instigators, none of them structural; with none known. */
	readonly structural: Share;
	readonly incidental: Share;
	readonly unknown: Share;
	/** Pupils per level; `incidental` stands below the line of authority. */
	readonly pyramid: Readonly<Record<PyramidLevel | 'incidental', number>>;
}

export function structuralOf(columns: Columns, details: Details, rule: StructuralRule, share: ShareOf): Structural {
	const { evidence, table, rows } = details;
	const counts = new Map<number, number>();
	const isStructural = new Uint8Array(columns.pupilIds.length + 1);
	evidence.pupils.forEach((pupil, index) => {
		counts.set(pupil, at(evidence.incidents, index));
		if (meets(evidence, index, rule)) isStructural[pupil] = 1;
	});
	const pupils: StructuralPupil[] = [];
	for (let index = 0; index < evidence.pupils.length; index++) {
		if (meets(evidence, index, rule)) pupils.push(structuralPupil(columns, details, index, counts));
	}
	pupils.sort((a, b) => b.incidents - a.incidents);

	let [structural, incidental, unknown] = [0, 0, 0];
	const { start, values } = table.instigators;
	for (let row = rows.from; row < rows.until; row++) {
		const [from, until] = [at(start, row), at(start, row + 1)];
		if (from === until) unknown++;
		else if (values.subarray(from, until).some((pupil) => isStructural[pupil] === 1)) structural++;
		else incidental++;
	}
	const level = (wanted: PyramidLevel) => pupils.filter((pupil) => pupil.level === wanted).length;
	return {
		rule,
		pupils,
		...{ structural: share(structural), incidental: share(incidental), unknown: share(unknown) },
		pyramid: {
			incidental: evidence.pupils.length - pupils.length,
			impulsive: level('impulsive'),
			following: level('following'),
			leading: level('leading'),
			open: level('open'),
		},
	};
}

function meets({ incidents, weeks, victims }: Details['evidence'], index: number, rule: StructuralRule): boolean {
	return at(incidents, index) >= rule.incidents && at(weeks, index) >= rule.weeks && at(victims, index) >= rule.victims;
}

function structuralPupil(
	columns: Columns,
	{ evidence, table, rows, instigatorDays }: Details,
	index: number,
	counts: ReadonlyMap<number, number>,
): StructuralPupil {
	const pupil = at(evidence.pupils, index);
	const incidents = at(evidence.incidents, index);
	const functions: Record<AggressionFunction, number> = { reactive: 0, proactive: 0 };
	let behindOthers = 0;
	const place = instigatorDays.pupils.indexOf(pupil);
	for (let i = at(instigatorDays.start, place); i < at(instigatorDays.start, place + 1); i++) {
		const row = at(instigatorDays.rows, i);
		if (row < rows.from || row >= rows.until) continue;
		const known = functionIn(at(table.extras, row));
		if (known) functions[known]++;
		const { start, values } = table.instigators;
		const others = values.subarray(at(start, row), at(start, row + 1));
		if (others.some((other) => (counts.get(other) ?? 0) > incidents)) behindOthers++;
	}
	const { reactive, proactive } = functions;
	return {
		pupilId: (columns.pupilIds[pupil - 1] ?? '') as PupilId,
		...{ incidents, weeks: at(evidence.weeks, index), victims: at(evidence.victims, index) },
		firstOn: dateOfDayNumber(at(evidence.firstDay, index)),
		lastOn: dateOfDayNumber(at(evidence.lastDay, index)),
		...{ reactive, proactive, behindOthers, level: levelOf(reactive, proactive, behindOthers * 2 > incidents) },
	};
}

/** Only what a questionnaire said decides between impulsive and instrumental: it is never guessed (M5-03). */
function levelOf(reactive: number, proactive: number, isMostlyBehind: boolean): PyramidLevel {
	if (reactive === proactive) return 'open';
	if (reactive > proactive) return 'impulsive';
	return isMostlyBehind ? 'following' : 'leading';
}
