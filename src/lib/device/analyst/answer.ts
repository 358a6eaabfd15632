import { Accounts, type GatheredAccounts } from '#domain/analysis/accounts.ts';
import { analyseColumns } from '#domain/analysis/analyse.ts';
import { columnsOf, type Columns } from '#domain/analysis/columns.ts';
import { incidentsBehind } from '#domain/analysis/drill-down.ts';
import type { BeforeAfter } from '#domain/analysis/before-after.ts';
import type { AnalysisResult, Cell, Question } from '#domain/analysis/result.ts';
import type { IncidentId } from '#domain/id.ts';
import { measureEffect } from '#domain/measures/measure-effect.ts';
import type { Measure } from '#domain/measures/measure.ts';
import type { LocalDate } from '#domain/time/local-time.ts';

/** What the analyst can be told and asked, as messages that cross to a worker. */
export type Request =
	| { readonly kind: 'learn'; readonly accounts: GatheredAccounts }
	| { readonly kind: 'analyse'; readonly question: Question }
	| { readonly kind: 'behind'; readonly question: Question; readonly cells: readonly Cell[] }
	| { readonly kind: 'behindAll'; readonly question: Question; readonly cells: readonly Cell[] }
	| { readonly kind: 'effects'; readonly measures: readonly Measure[]; readonly today: LocalDate };

export interface Answers {
	learn: null;
	analyse: AnalysisResult;
	/** Behind any of the cells. */
	behind: readonly IncidentId[];
	/** Behind each of the cells, in the order of the first. */
	behindAll: readonly IncidentId[];
	/** In the order of the measures; `null` for one that is still to begin. */
	effects: readonly (BeforeAfter | null)[];
}
export type AnswerTo<R extends Request> = Answers[R['kind']];

/** One who knows the school as columns and answers; before the first `learn` it knows an empty school. */
export function createAnswerer(): (request: Request) => Answers[Request['kind']] {
	let columns: Columns | null = null;
	const known = () => (columns ??= columnsOf(new Accounts().gather()));
	return (request) => {
		switch (request.kind) {
			case 'learn':
				columns = columnsOf(request.accounts);
				return null;
			case 'analyse':
				return analyseColumns(known(), request.question);
			case 'behind': {
				const { question, cells } = request;
				return [...new Set(cells.flatMap((cell) => incidentsBehind(known(), question, cell)))];
			}
			case 'behindAll': {
				const [first, ...others] = request.cells.map(
					(cell) => new Set(incidentsBehind(known(), request.question, cell)),
				);
				return [...others.reduce((left, each) => left.intersection(each), first ?? new Set<IncidentId>())];
			}
			case 'effects':
				return request.measures.map((measure) => measureEffect(known(), measure, request.today));
		}
	};
}
