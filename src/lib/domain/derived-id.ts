import { ID_PREFIX, type Id, type IdKind } from './id.ts';

const CODES = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (character) => character.charCodeAt(0));
const LENGTH = 26;
const BITS_PER_CHARACTER = 5;
const SPACE = 32;

/**
 * An id that follows from some words, so that every device and the server give the same document the same id without asking
 * each other. 128 bits from four lanes of multiplication and rotation (cyrb128, public domain): well spread, not meant against
 * an attacker, who could only confuse his own case.
 */
export function derivedId<K extends IdKind>(kind: K, ...words: readonly string[]): Id<K> {
	hash128(words);
	const head = `${ID_PREFIX[kind]}_`;
	codes.length = head.length + LENGTH;
	for (let place = 0; place < head.length; place++) codes[place] = head.charCodeAt(place);
	// 26 characters hold 130 bits; the first two are zero, as in every ULID.
	for (let place = 0; place < LENGTH; place++)
		codes[head.length + place] = CODES[bitsAt((LENGTH - 1 - place) * BITS_PER_CHARACTER)] ?? 0;
	// In one piece: thousands of cases ask for an id each, and small strings put together cost more than the hash.
	return String.fromCharCode.apply(null, codes) as Id<K>;
}

/** Both written anew for each id; lists of its own for each would be most of what an id costs. */
const codes: number[] = [];
const lanes = new Int32Array(4);

/** Five bits from `bit` upwards, the lowest bit of the last lane being 0. */
function bitsAt(bit: number): number {
	const lane = 3 - (bit >>> 5);
	const shift = bit & 31;
	const low = (lanes[lane] ?? 0) >>> shift;
	const high = shift > 27 ? (lanes[lane - 1] ?? 0) << (32 - shift) : 0;
	return (low | high) & 31;
}

/** Of the words with a space between each two, without joining them; into the lanes. */
function hash128(words: readonly string[]): void {
	let a = 1779033703;
	let b = 3144134277;
	let c = 1013904242;
	let d = 2773480762;
	for (let n = 0; n < words.length; n++) {
		const word = words[n] ?? '';
		const last = n < words.length - 1 ? word.length : word.length - 1;
		for (let i = 0; i <= last; i++) {
			const code = i < word.length ? word.charCodeAt(i) : SPACE;
			a = b ^ Math.imul(a ^ code, 597399067);
			b = c ^ Math.imul(b ^ code, 2869860233);
			c = d ^ Math.imul(c ^ code, 951274213);
			d = a ^ Math.imul(d ^ code, 2716044179);
		}
	}
	a = Math.imul(c ^ (a >>> 18), 597399067);
	b = Math.imul(d ^ (b >>> 22), 2869860233);
	c = Math.imul(a ^ (c >>> 17), 951274213);
	d = Math.imul(b ^ (d >>> 19), 2716044179);
	a ^= b ^ c ^ d;
	lanes[0] = a;
	lanes[1] = b ^ a;
	lanes[2] = c ^ a;
	lanes[3] = d ^ a;
}
