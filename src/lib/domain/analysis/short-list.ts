import { UlidTable } from './ulid-table.ts';

/** So many ids are found by a glance at one comparison of text; among more the glance mostly fails, and costs. */
const FEW = 1 << 13;
const SLOTS = 2 * FEW;

/** Whole numbers for ids that come back often: pupils, places, groups. */
export class ShortList {
	readonly table = new UlidTable();
	/** The ids by number. */
	readonly texts: string[] = [];
	readonly #recent = new Int32Array(SLOTS);

	numberOf(id: string): number {
		return this.texts.length > FEW ? this.#inTable(id) : this.#atAGlance(id);
	}

	#inTable(id: string): number {
		const number = this.table.numberOf(id);
		if (number === this.texts.length) this.texts.push(id);
		return number;
	}

	/** Most are found by their last four characters. */
	#atAGlance(id: string): number {
		const end = id.length;
		const bits =
			Math.imul(id.charCodeAt(end - 1), 0x9e3779b1) ^
			Math.imul(id.charCodeAt(end - 2), 0x85ebca6b) ^
			Math.imul(id.charCodeAt(end - 3), 0xc2b2ae35) ^
			Math.imul(id.charCodeAt(end - 4), 0x27d4eb2f);
		const slot = (bits ^ (bits >>> 15)) & (SLOTS - 1);
		const found = (this.#recent[slot] ?? 0) - 1;
		if (found >= 0 && this.texts[found] === id) return found;
		const number = this.#inTable(id);
		this.#recent[slot] = number + 1;
		return number;
	}
}
