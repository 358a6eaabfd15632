import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { personalWordsIn } from './personal-in-logs.ts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'pleinwacht-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const found = (line: string) => {
	writeFileSync(join(folder, '1.log'), `{"msg":"incoming request"}\n${line}\n`);
	return personalWordsIn(folder, ['Sem', 'Zoë', 'van Dijk']).found;
};

test('a name or an id in a log is found', () => {
	for (const line of ['{"msg":"for Sem"}', 'Error: Zoë', `{"url":"/pupils/pup_${'0'.repeat(26)}"}`]) {
		expect(found(line)).toEqual([line]);
	}
});

test('part of a word is no name, and neither is what the machine is called', () => {
	expect(found('{"hostname":"Sem","msg":"Semantics","route":"/sync/push"}')).toEqual([]);
});
