import { parseArgs } from 'node:util';
import { playYear } from './year-of-reminders.ts';

const MOST_SHOWN = 20;

/** `npm run simulate -- reminders [--days 365] [--cases 500] [--seed 1] [--json]`; gives the exit code. */
export function simulateReminders(args: string[], print: (line: string) => void): number {
	const { values } = parseArgs({
		args,
		options: {
			days: { type: 'string', default: '365' },
			cases: { type: 'string', default: '500' },
			seed: { type: 'string', default: '1' },
			json: { type: 'boolean', default: false },
		},
	});
	const report = playYear({ days: Number(values.days), cases: Number(values.cases), seed: Number(values.seed) });
	if (values.json) print(JSON.stringify(report));
	else {
		const { days, cases, reminders, told, escalated, broken } = report;
		print(`${days} days, ${cases} cases, ${reminders} reminders: ${told} times told, ${escalated} times escalated.`);
		for (const each of broken.slice(0, MOST_SHOWN)) print(each);
		print(broken.length === 0 ? 'Every promise was kept.' : `${broken.length} promises were broken.`);
	}
	return report.broken.length === 0 && report.told > 0 ? 0 : 1;
}
