import { UlidTable } from './ulid-table.ts';

const FIRST_RECENT = 1 << 12;
/** As many as the last four characters of a ULID tell apart. */
const MAX_RECENT = 1 << 20;

/**
 * Whole numbers for ids that come back often: pupils, places, groups. Most are found by their last characters and one
 * comparison of text; the rest by the table.
 */
export class ShortList {
	readonly table = new UlidTable();
	/** The ids by number. */
	readonly texts: string[] = [];
	#recent = new Int32Array(FIRST_RECENT);

	numberOf(id: string): number {
		const end = id.length;
		const bits =
			Math.imul(id.charCodeAt(end - 1), 0x9e3779b1) ^
			Math.imul(id.charCodeAt(end - 2), 0x85ebca6b) ^
			Math.imul(id.charCodeAt(end - 3), 0xc2b2ae35) ^
			Math.imul(id.charCodeAt(end - 4), 0x27d4eb2f);
		const slot = (bits ^ (bits >>> 15)) & (this.#recent.length - 1);
		const found = (this.#recent[slot] ?? 0) - 1;
		if (found >= 0 && this.texts[found] === id) return found;

		const number = this.table.numberOf(id);
		if (number === this.texts.length) {
			this.texts.push(id);
			if (number * 2 > this.#recent.length && this.#recent.length < MAX_RECENT) {
				this.#recent = new Int32Array(this.#recent.length * 4);
			}
		}
		this.#recent[(bits ^ (bits >>> 15)) & (this.#recent.length - 1)] = number + 1;
		return number;
	}
}
