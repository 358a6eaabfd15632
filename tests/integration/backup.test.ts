import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { restore } from '#server/backup/restore.ts';
import { backupOf } from '#server/backup/write.ts';
import { erase } from '#server/retention/erase.ts';
import { memoryHost } from '#server/store/memory.ts';
import { anId, anObservation, aRoster } from '#tests/factories/school.ts';
import { NOON, startSchool } from './running-school.ts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'pleinwacht-backup-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

test('after a restore devices come to hold what the server has, and what they had not sent still arrives', async () => {
	const before = await startSchool(aRoster());
	const [supervisor, coordinator] = [await before.signIn(1), await before.signIn(3)];
	await supervisor.push([1, 2, 3].map((n) => supervisor.item(anObservation(n))));
	await erase(before.school, [anId('observation', 3)], 'erased', new Date(NOON));
	const file = join(folder, 'backup');
	const chunks: string[] = [];
	for await (const chunk of backupOf(before.host, new Date(NOON))) chunks.push(chunk);
	writeFileSync(file, new Uint8Array(gzipSync(chunks.join(''))));
	const correction = supervisor.item(anObservation(1, { basket: 'red' }), { baseRev: 'r1' });
	await supervisor.push([supervisor.item(anObservation(4)), correction]);
	await coordinator.pull();
	await before.stop();

	const host = memoryHost();
	await restore(host, file, []);
	const after = await startSchool([], host);
	const [sender, reader] = [await after.signIn(1), await after.signIn(3)];
	coordinator.held.forEach((each, id) => reader.held.set(id, each));
	await reader.pull();
	expect((await reader.compare()).statusCode).toBe(204);
	expect(
		reader
			.ofType('observation')
			.map(({ id }) => id)
			.sort(),
	).toEqual([1, 2].map((n) => anId('observation', n)));

	// Sent again: what the old server took in after the backup, something new, and something that was erased.
	expect(await sender.push([correction])).toMatchObject([{ result: { kind: 'stored' } }]);
	expect(await sender.push([{ ...sender.item(anObservation(5)), seq: 10 }])).toMatchObject([
		{ result: { kind: 'stored' } },
	]);
	expect(await sender.push([{ ...sender.item(anObservation(3)), seq: 11 }])).toMatchObject([
		{ result: { kind: 'erased' } },
	]);
	await reader.pull();
	expect(
		reader
			.ofType('observation')
			.map(({ id }) => id)
			.sort(),
	).toEqual([1, 2, 5].map((n) => anId('observation', n)));
	await after.stop();
});
