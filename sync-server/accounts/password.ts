import { hash, verify, type Options } from '@node-rs/argon2';
import { dictionary } from '@zxcvbn-ts/language-common';
import { PASSWORD_CHARS } from '#domain/accounts/messages.ts';

/** OWASP's advice for Argon2id (the library's default kind): 19 MiB, two passes, one lane; some 30 ms. */
export const PASSWORD_COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Leaked and common passwords, 49,000 of them, most used first. */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'].map(String));

/** Words that whoever knows this product or this country tries first. */
const OBVIOUS = ['pleinwacht', 'wachtwoord', 'welkom', 'school', 'basisschool', 'juffrouw', 'meester', 'nederland'];

export type PasswordProblem = 'tooShort' | 'common';

/** Why this cannot be a password; `about` is what is known of the person and the school. */
export function problemWithPassword(password: string, about: readonly string[]): PasswordProblem | undefined {
	if ([...password].length < PASSWORD_CHARS.least) return 'tooShort';
	const plain = password.toLowerCase();
	// `welkom2026!!` is `welkom`: what stands around a word adds little.
	const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	const known = [
		...OBVIOUS,
		...about.flatMap((each) => [each, ...each.split(/\s+/)]).map((each) => each.toLowerCase()),
	];
	if (COMMON.has(plain) || COMMON.has(core) || known.includes(core)) return 'common';
	return isRepeated(plain) ? 'common' : undefined;
}

/** `abcabcabcabc`, `aaaaaaaaaaaa`: shorter than it looks. */
function isRepeated(text: string): boolean {
	return /^(.{1,4})\1{2,}.{0,3}$/u.test(text);
}

export function hashPassword(password: string): Promise<string> {
	return hash(password.normalize('NFKC'), PASSWORD_COST);
}

/** Takes as long for somebody without a password as for somebody with another. */
export async function isPassword(stored: string | undefined, given: string): Promise<boolean> {
	const right = await verify(stored ?? (await NOBODYS), given.normalize('NFKC')).catch(() => false);
	return right && stored !== undefined;
}

const NOBODYS = hashPassword('nobody has this one, and nobody ever will');
