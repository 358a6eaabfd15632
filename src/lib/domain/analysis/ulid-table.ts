import { grown } from './grown.ts';
import { at, increment } from './lists.ts';
import { room } from './room.ts';

/** Crockford's base 32; its characters rise as their codes do, so words compare as the text does. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const VALUE_OF_CODE = new Uint8Array(128);
for (let value = 0; value < ALPHABET.length; value++) VALUE_OF_CODE[ALPHABET.charCodeAt(value)] = value;

const ULID_LENGTH = 26;
/** Six characters of five bits a word; the fifth word holds the last two. */
const CHARACTERS_PER_WORD = 6;
const WORDS = 5;
const BITS_PER_WORD = 30;
const BITS_PER_DIGIT = 10;
const DIGITS = 1 << BITS_PER_DIGIT;

/** Free slots stay in the majority, so that a search ends soon. */
const MAX_LOAD = 0.5;

/** ULIDs by number, as flat memory and nothing else: it crosses to a worker in one copy. */
export interface Ulids {
	readonly size: number;
	/** Five words an id; room beyond `size` is empty. */
	readonly words: Uint32Array;
}

/** As it stands now: a table may grow and take other memory. */
export function listOf({ size, words }: Ulids): Ulids {
	return { size, words };
}

/**
 * Gives each ULID a whole number, counting from 0: a million ids as integers in flat memory, where a `Map` of a
 * million strings would take several times the room and the time.
 */
export class UlidTable implements Ulids {
	size = 0;
	#words: Uint32Array;
	#slots: Int32Array;
	readonly #read = new Uint32Array(WORDS);
	#last = 0;

	constructor(expected = 1024) {
		this.#words = room(Uint32Array, Math.max(1, expected) * WORDS);
		this.#slots = room(Int32Array, 2 ** Math.ceil(Math.log2(Math.max(2, expected / MAX_LOAD))));
	}

	/** The number of the id that ends in this ULID (`obs_01J8…`); a new one if it is not known yet. */
	numberOf(id: string): number {
		const hash = this.#readWords(id);
		// Documents often name ids in the order in which others did: then no search is needed.
		if (this.#isRead(this.#last)) return this.#last;
		if (this.#isRead(this.#last + 1)) return ++this.#last;
		if (this.size >= this.#slots.length * MAX_LOAD) this.#widen();
		const mask = this.#slots.length - 1;
		let slot = hash & mask;
		for (let taken = this.#slots[slot] ?? 0; taken !== 0; taken = this.#slots[slot] ?? 0) {
			if (this.#isRead(taken - 1)) return (this.#last = taken - 1);
			slot = (slot + 1) & mask;
		}
		const end = this.size * WORDS;
		if (end === this.#words.length) this.#words = grown(this.#words);
		this.#words.set(this.#read, end);
		this.#slots[slot] = ++this.size;
		return (this.#last = this.size - 1);
	}

	get words(): Uint32Array {
		return this.#words;
	}

	/** Turns the text into words and gives a hash of them. */
	#readWords(id: string): number {
		const start = id.length - ULID_LENGTH;
		const read = this.#read;
		const first = sixAt(id, start);
		const second = sixAt(id, start + 6);
		const third = sixAt(id, start + 12);
		const fourth = sixAt(id, start + 18);
		const last = (valueAt(id, start + 24) << 5) | valueAt(id, start + 25);
		read[0] = first;
		read[1] = second;
		read[2] = third;
		read[3] = fourth;
		read[4] = last;
		return hashOf(first, second, third, fourth, last);
	}

	#isRead(number: number): boolean {
		if (number >= this.size) return false;
		const words = this.#words;
		const start = number * WORDS;
		const read = this.#read;
		// The last words differ most often: ids of one school share the first, their time.
		return (
			words[start + 3] === read[3] &&
			words[start + 2] === read[2] &&
			words[start + 4] === read[4] &&
			words[start + 1] === read[1] &&
			words[start] === read[0]
		);
	}

	#widen(): void {
		const wider = new Int32Array(this.#slots.length * 2);
		const mask = wider.length - 1;
		for (let number = 0; number < this.size; number++) {
			const start = number * WORDS;
			const hash = hashOf(
				at(this.#words, start),
				at(this.#words, start + 1),
				at(this.#words, start + 2),
				at(this.#words, start + 3),
				at(this.#words, start + 4),
			);
			let slot = hash & mask;
			while (wider[slot] !== 0) slot = (slot + 1) & mask;
			wider[slot] = number + 1;
		}
		this.#slots = wider;
	}
}

export function ulidOfNumber({ words }: Ulids, number: number): string {
	let text = '';
	for (let word = 0; word < WORDS; word++) {
		const bits = words[number * WORDS + word] ?? 0;
		const characters = word < WORDS - 1 ? CHARACTERS_PER_WORD : ULID_LENGTH % CHARACTERS_PER_WORD;
		for (let i = characters - 1; i >= 0; i--) text += ALPHABET.charAt((bits >>> (5 * i)) & 31);
	}
	return text;
}

/** As the texts compare: negative when `a` comes first. */
export function compareUlids({ words }: Ulids, a: number, b: number): number {
	for (let word = 0; word < WORDS; word++) {
		const difference = (words[a * WORDS + word] ?? 0) - (words[b * WORDS + word] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** The numbers in the order of their ids: sorted digit by digit from the last, ten bits a digit. */
export function sortedUlids({ words, size }: Ulids): Uint32Array {
	let order = room(Uint32Array, size);
	for (let number = 0; number < size; number++) order[number] = number;
	let next = room(Uint32Array, size);
	for (let word = WORDS - 1; word >= 0; word--) {
		for (let shift = 0; shift < BITS_PER_WORD; shift += BITS_PER_DIGIT) {
			const start = new Uint32Array(DIGITS + 1);
			for (let number = 0; number < size; number++) {
				increment(start, (((words[number * WORDS + word] ?? 0) >>> shift) & (DIGITS - 1)) + 1);
			}
			// All the same there, as in the times of ids that were given out together.
			if (start.includes(size)) continue;
			for (let digit = 1; digit < DIGITS; digit++) start[digit] = at(start, digit) + at(start, digit - 1);
			for (const number of order) {
				next[increment(start, ((words[number * WORDS + word] ?? 0) >>> shift) & (DIGITS - 1))] = number;
			}
			[order, next] = [next, order];
		}
	}
	return order;
}

function hashOf(a: number, b: number, c: number, d: number, e: number): number {
	let hash = Math.imul(a ^ (b << 7), 0x9e3779b1);
	hash = Math.imul(hash ^ c ^ (hash >>> 15), 0x85ebca6b);
	hash = Math.imul(hash ^ d ^ (hash >>> 13), 0xc2b2ae35);
	hash = Math.imul(hash ^ e ^ (hash >>> 16), 0x9e3779b1);
	return hash ^ (hash >>> 15);
}

/** Written out: a loop over the characters takes twice the time, and a million ids have 26 million of them. */
function sixAt(text: string, from: number): number {
	return (
		(valueAt(text, from) << 25) |
		(valueAt(text, from + 1) << 20) |
		(valueAt(text, from + 2) << 15) |
		(valueAt(text, from + 3) << 10) |
		(valueAt(text, from + 4) << 5) |
		valueAt(text, from + 5)
	);
}

function valueAt(text: string, index: number): number {
	return VALUE_OF_CODE[text.charCodeAt(index)] ?? 0;
}
