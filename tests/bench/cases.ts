import { addDays, type LocalDate } from '../../src/lib/domain/time/local-time.ts';
import { dueReminders } from '../../src/lib/domain/reminders/due.ts';
import { openReminders } from '../../src/lib/domain/reminders/plan-reminders.ts';
import { invented } from '../factories/invented-cases.ts';
import { faster, medians, MIN_RUNS, round, type Bench, type BenchResult } from './harness.ts';

const BUDGET_MS = 100;
/** Twice the cases may take half as long again at most beyond twice the time, or it does not grow linearly. */
const GROWTH_BUDGET = 2.5;
const CASES = 10_000;
const START = '2026-08-31' as LocalDate;
const TODAY = addDays(START, 120);
const RUNS = 3 * MIN_RUNS;

/**
 * State and reminders of ten thousand cases from their facts, and how that grows. The ten thousand come first and alone, as
 * a server holds its school: beside three other schools in one memory every fact would have to be fetched from afar anew.
 */
export const bench: Bench = {
	name: 'cases',
	async run(say) {
		const cases = (size: number) => {
			const facts = invented({ cases: size, start: START, days: 120, seed: size });
			say(`${size} cases with ${facts.count} facts …`);
			return facts;
		};
		const facts = cases(CASES);
		const alone = await medians({ cases: () => lookOver(facts), bare: () => bareLoop(facts) }, RUNS);
		const [fewer, more] = [cases(CASES / 2), cases(CASES * 2)];
		const { half, whole, twice } = await medians(
			{ half: () => lookOver(fewer), whole: () => lookOver(facts), twice: () => lookOver(more) },
			MIN_RUNS,
		);
		return [
			result('cases-10000', alone.cases, 'ms', BUDGET_MS, RUNS),
			faster('cases-10000-beside-bare', alone.cases, 'bare loop', alone.bare, RUNS),
			result('growth-5000-to-10000', whole / half, '×', GROWTH_BUDGET, MIN_RUNS),
			result('growth-10000-to-20000', twice / whole, '×', GROWTH_BUDGET, MIN_RUNS),
		];
	},
};

function lookOver({ reminderFacts, recipients }: ReturnType<typeof invented>): void {
	const due = dueReminders(openReminders({ ...reminderFacts, today: TODAY }), TODAY, recipients);
	if (due.length === 0) throw new Error('Nothing is due: then there was nothing to measure');
}

/**
 * The least there is to do: every fact read once, put with its case, and the moment it was written down made a number. No
 * protocol, no calendar, no windows, no order.
 */
function bareLoop({ reminderFacts: { cases, records, followUps } }: ReturnType<typeof invented>): Map<string, number> {
	const latest = new Map<string, number>();
	for (const each of cases) latest.set(each.id, Date.parse(each.openedAt));
	for (const each of records)
		latest.set(each.caseId, Math.max(latest.get(each.caseId) ?? 0, Date.parse(each.recordedAt)));
	for (const each of followUps) latest.set(each.caseId, Math.max(latest.get(each.caseId) ?? 0, Date.parse(each.setAt)));
	return latest;
}

function result(metric: string, value: number, unit: string, budget: number, runs: number): BenchResult {
	return {
		metric,
		value: round(value),
		unit,
		peer: 'budget',
		peerValue: budget,
		ratio: round(budget / value),
		runs,
	};
}
