const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;
const BITS_PER_CHARACTER = 5;

/**
 * A ULID that follows from a text, so that every device and the server give the same document the same id without
 * asking each other. 128 bits from four lanes of multiplication and rotation (cyrb128, public domain): well spread, not
 * meant against an attacker, who could only confuse his own case.
 */
export function derivedUlid(text: string): string {
	const lanes = hash128(text);
	let ulid = '';
	// 26 characters hold 130 bits; the first two are zero, as in every ULID.
	for (let bit = LENGTH * BITS_PER_CHARACTER - BITS_PER_CHARACTER; bit >= 0; bit -= BITS_PER_CHARACTER) {
		ulid += ALPHABET[bitsAt(lanes, bit)];
	}
	return ulid;
}

/** Five bits from `bit` upwards, the lowest bit of the last lane being 0. */
function bitsAt(lanes: Lanes, bit: number): number {
	const lane = 3 - (bit >>> 5);
	const shift = bit & 31;
	const low = (lanes[lane] ?? 0) >>> shift;
	const high = shift > 27 ? (lanes[lane - 1] ?? 0) << (32 - shift) : 0;
	return (low | high) & 31;
}

type Lanes = readonly [number, number, number, number];

function hash128(text: string): Lanes {
	let a = 1779033703;
	let b = 3144134277;
	let c = 1013904242;
	let d = 2773480762;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		a = b ^ Math.imul(a ^ code, 597399067);
		b = c ^ Math.imul(b ^ code, 2869860233);
		c = d ^ Math.imul(c ^ code, 951274213);
		d = a ^ Math.imul(d ^ code, 2716044179);
	}
	a = Math.imul(c ^ (a >>> 18), 597399067);
	b = Math.imul(d ^ (b >>> 22), 2869860233);
	c = Math.imul(a ^ (c >>> 17), 951274213);
	d = Math.imul(b ^ (d >>> 19), 2716044179);
	a ^= b ^ c ^ d;
	return [a >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
}
