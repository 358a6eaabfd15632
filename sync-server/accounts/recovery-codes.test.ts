import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findRecoveryCode, hashRecoveryCodes, newRecoveryCodes } from './recovery-codes.ts';

test('a code is found however it is typed, and another is not', async () => {
	const codes = newRecoveryCodes();
	const stored = await hashRecoveryCodes(codes);
	expect(new Set(stored).size).toBe(10);
	expect(await findRecoveryCode(stored, ` ${codes[7]?.toLowerCase().replace('-', ' ')}`)).toBe(stored[7]);
	expect(await findRecoveryCode(stored, newRecoveryCodes()[0] ?? '')).toBeUndefined();
	expect(await findRecoveryCode([], codes[0] ?? '')).toBeUndefined();
});

test('what is stored holds no code, and the same codes are stored another way each time', async () => {
	const codes = newRecoveryCodes().slice(0, 2);
	const [first, second] = [await hashRecoveryCodes(codes), await hashRecoveryCodes(codes)];
	expect(first).not.toEqual(second);
	for (const code of codes) expect(first.join().toUpperCase()).not.toContain(code.replace('-', ''));
});

test('codes given out before they were hashed slowly still work', async () => {
	const former = createHash('sha256').update('ABCDEFGHJK').digest('hex');
	expect(await findRecoveryCode(['0'.repeat(64), former], 'abcde-fghjk')).toBe(former);
});
