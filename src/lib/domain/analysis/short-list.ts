import { UlidTable } from './ulid-table.ts';

/** A direct look for ids seen before; a power of two. */
const RECENT = 1 << 13;

/**
 * Whole numbers for ids that come back often: pupils, places, groups. Most are found by their last characters and one
 * comparison of text; the rest by the table.
 */
export class ShortList {
	readonly table = new UlidTable();
	readonly #ids = new Array<string>(RECENT).fill('');
	readonly #numbers = new Uint32Array(RECENT);

	numberOf(id: string): number {
		const end = id.length;
		const slot =
			(id.charCodeAt(end - 1) * 31 + id.charCodeAt(end - 2) * 1021 + id.charCodeAt(end - 3) * 5693) & (RECENT - 1);
		if (this.#ids[slot] === id) return this.#numbers[slot] ?? 0;
		const number = this.table.numberOf(id);
		this.#ids[slot] = id;
		this.#numbers[slot] = number;
		return number;
	}
}
