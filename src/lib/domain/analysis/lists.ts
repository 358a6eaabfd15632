import { grown } from './grown.ts';
import { room } from './room.ts';

/** Lists of codes, one a row, end to end: row `i` holds `values[start[i]]` up to `values[start[i + 1]]`. */
export interface Lists<A extends Uint8Array | Uint32Array = Uint32Array> {
	readonly start: Uint32Array;
	readonly values: A;
}

/** Writes lists row by row. */
export class ListsBuilder<A extends Uint8Array | Uint32Array> {
	readonly #start: Uint32Array;
	#values: A;
	#length = 0;
	#rows = 0;
	#rowStart = 0;

	/** `values`: an empty array to begin with, of the kind the list is to be; it grows. */
	constructor(rows: number, values: A) {
		this.#start = room(Uint32Array, rows + 1);
		this.#values = values;
	}

	/** Rows hold a handful: looking through them is faster than any set. */
	addOnce(value: number): void {
		for (let i = this.#rowStart; i < this.#length; i++) if (this.#values[i] === value) return;
		if (this.#length === this.#values.length) this.#values = grown(this.#values);
		this.#values[this.#length++] = value;
	}

	get isRowEmpty(): boolean {
		return this.#length === this.#rowStart;
	}

	endRow(): void {
		this.#rowStart = this.#length;
		this.#start[++this.#rows] = this.#rowStart;
	}

	lists(): Lists<A> {
		return { start: this.#start, values: this.#values.subarray(0, this.#length) as A };
	}
}

/** The value there; typed arrays inside their bounds only. */
export function at(values: Uint8Array | Uint16Array | Uint32Array | Int32Array, index: number): number {
	return values[index] ?? 0;
}

/** Adds one and gives what stood there before. */
export function increment(values: Uint32Array, index: number): number {
	const before = at(values, index);
	values[index] = before + 1;
	return before;
}
