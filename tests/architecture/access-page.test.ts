import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { accessMatrix } from '#domain/access/matrix.ts';

test('docs/access.md says what the access table says; if not: npm run cli -- access --write', () => {
	const [, made] = readFileSync('docs/access.md', 'utf8').split('do not edit below -->');
	expect(made?.trim()).toBe(accessMatrix());
});
