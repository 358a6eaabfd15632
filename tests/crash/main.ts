/**
 * `npm run test:crash`: real processes, killed without warning. Nothing that was shown as saved, or has a receipt, may
 * be lost, and nothing may be there twice. `--kills N` (50) of each, or of one with `--stage NAME`; `--tally FILE` for
 * `npm test`; `--mutants`: bugs are planted instead, and the kills must find each of them.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeTemplate } from '#tests/e2e/server.ts';
import type { Tally } from '#tests/run/tally.ts';
import { killBrowserAfterSaved } from './kill-browser.ts';
import { killMorningRun } from './kill-notices.ts';
import { killReminderRun } from './kill-reminders.ts';
import { killServerUnderLoad } from './kill-server.ts';
import { MUTANTS_OUTSIDE } from './mutants.ts';

const { values } = parseArgs({
	options: {
		kills: { type: 'string', default: '50' },
		tally: { type: 'string' },
		/** Only this one. */
		stage: { type: 'string' },
		mutants: { type: 'boolean', default: false },
	},
});
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) {
	console.error('--kills must be a whole number such as 50.');
	process.exit(2);
}

const STAGES = {
	server: killServerUnderLoad,
	browser: killBrowserAfterSaved,
	reminders: killReminderRun,
	outside: killMorningRun,
};
const stages = Object.entries(STAGES).filter(([name]) => values.stage === undefined || name === values.stage);
if (stages.length === 0) {
	console.error(`--stage must be one of ${Object.keys(STAGES).join(', ')}.`);
	process.exit(2);
}

const started = performance.now();
const template = await makeTemplate();
if (values.mutants) process.exit(await huntMutants());
// Each is let finish, so that no server or browser of it stays behind.
const ended = await Promise.allSettled(stages.map(([, stage]) => stage(template, kills)));
rmSync(template, { recursive: true, force: true });
const failures: string[] = [];
for (const each of ended) {
	if (each.status === 'rejected') {
		console.error(each.reason);
		failures.push(String(each.reason).split('\n')[0] ?? '');
		continue;
	}
	const { what, told, lost, doubled, kills: times } = each.value;
	const line = `${what}: ${times} kills, ${told} told, ${lost} lost, ${doubled} doubled`;
	console.log(line);
	if (lost > 0 || doubled > 0) failures.push(line);
}
console.log(`${Math.round((performance.now() - started) / 1000)} s`);
const tally: Tally = { passed: ended.length - failures.length, failed: failures.length, failures };
if (values.tally) writeFileSync(values.tally, JSON.stringify(tally));
process.exit(failures.length === 0 ? 0 : 1);

/** One after the other: each takes a server of its own. @returns the exit code. */
async function huntMutants(): Promise<number> {
	let survived = 0;
	for (const { name, changes } of MUTANTS_OUTSIDE) {
		const { lost, doubled } = await killMorningRun(template, kills, changes);
		const isFound = lost + doubled > 0;
		if (!isFound) survived++;
		console.log(`${isFound ? 'found' : 'NOT FOUND'}: ${name} (${lost} lost, ${doubled} doubled in ${kills} kills)`);
	}
	rmSync(template, { recursive: true, force: true });
	return survived === 0 ? 0 : 1;
}
