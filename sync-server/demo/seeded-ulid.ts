import type { Dice } from './random.ts';

/** Crockford's base 32, as in https://github.com/ulid/spec */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARACTERS = 10;

/** A ULID whose 80 random bits come from the dice. */
export function seededUlid(ms: number, dice: Dice): string {
	return timePart(ms) + base32(dice.bits(), 6) + base32(dice.bits(), 6) + base32(dice.bits(), 4);
}

function timePart(ms: number): string {
	let text = '';
	for (let rest = ms, i = 0; i < TIME_CHARACTERS; i++, rest = Math.floor(rest / 32))
		text = ALPHABET.charAt(rest % 32) + text;
	return text;
}

function base32(bits: number, characters: number): string {
	let text = '';
	for (let i = 0; i < characters; i++) text += ALPHABET.charAt((bits >>> (5 * i)) & 31);
	return text;
}
