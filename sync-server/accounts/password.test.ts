import { expect, test } from 'vitest';
import { hashPassword, isPassword, problemWithPassword } from './password.ts';

const about = ['Marijke de Vries', 'De Watertoren'];

test.each([
	['elf letters', 'abcdefghijk', 'tooShort'],
	['eleven signs of more than one code unit', '🎈'.repeat(11), 'tooShort'],
	['a leaked one', 'passwordpassword', 'common'],
	['a common word with a year', 'welkom202620', 'common'],
	['a common word with signs around it', '!!!Football2026!!!', 'common'],
	['the own name', 'marijke de vries', 'common'],
	['the school', 'De Watertoren', 'common'],
	['a pattern', 'abcabcabcabc', 'common'],
	['one letter', 'aaaaaaaaaaaaaa', 'common'],
])('%s is not a password', (_what, password, problem) => {
	expect(problemWithPassword(password, about)).toBe(problem);
});

test.each(['drie geiten op het dak', 'xK9-vuur-lamp', 'de brug over de Linge'])('%s is one', (password) => {
	expect(problemWithPassword(password, about)).toBeUndefined();
});

test('a password is stored as Argon2id and known again, however its letters were composed', async () => {
	const stored = await hashPassword('café met uitzicht');
	expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(await isPassword(stored, 'cafe\u0301 met uitzicht')).toBe(true);
	expect(await isPassword(stored, 'cafe met uitzicht')).toBe(false);
	expect(await isPassword(undefined, 'nobody has this one, and nobody ever will')).toBe(false);
});
