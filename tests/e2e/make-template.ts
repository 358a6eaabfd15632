import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allAsCoordinator } from './at-the-server.ts';
import { personalWordsIn } from '../security/personal-in-logs.ts';
import { LOGS_VARIABLE, makeTemplate, TEMPLATE_VARIABLE } from './server.ts';

/**
 * Once a run: the demo school that every test starts from. The returned function removes it, and fails the run when any
 * server logged something personal, whichever test made it do so.
 */
export default async function setUp(): Promise<() => void> {
	const names: string[] = [];
	const template = await makeTemplate(async (url) => {
		const [pupils, people] = [await allAsCoordinator(url, 'pupil'), await allAsCoordinator(url, 'person')];
		names.push(
			...pupils.flatMap(({ firstName, lastName }) => [firstName, lastName]),
			...people.map(({ name }) => name),
		);
	});
	const logs = mkdtempSync(join(tmpdir(), 'pleinwacht-e2e-logs-'));
	process.env[TEMPLATE_VARIABLE] = template;
	process.env[LOGS_VARIABLE] = logs;
	return () => {
		const { lines, found } = personalWordsIn(logs, names);
		for (const folder of [template, logs]) rmSync(folder, { recursive: true, force: true });
		if (found.length > 0) throw new Error(`Personal data in the logs: ${found.join('; ')}`);
		process.stdout.write(`\n${lines} lines of log searched for ${names.length} names and for ids: none found\n`);
	};
}
