/** Dice that fall the same way for the same seed on every machine: sfc32 (public domain, Chris Doty-Humphrey), integers only. */
export interface Dice {
	/** An integer of 32 bits, 0 and up. */
	bits(): number;
	/** 0 up to but not including 1. */
	unit(): number;
	/** An integer, both ends included. */
	between(low: number, high: number): number;
	chance(probability: number): boolean;
	pick<T>(from: readonly T[]): T;
}

/** `stream` keeps parts of the school apart: another draw in one part changes nothing in the others. */
export function diceFor(seed: number, stream: string): Dice {
	let a = 0x9e3779b9;
	let b = seed | 0;
	let c = Math.floor(seed / 2 ** 32) | 0;
	let counter = 1;
	for (let i = 0; i < stream.length; i++) a = Math.imul(a ^ stream.charCodeAt(i), 0x85ebca6b);

	function bits(): number {
		const t = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (c << 21) | (c >>> 11);
		c = (c + t) | 0;
		return t >>> 0;
	}
	// The first draws of near seeds look alike.
	for (let i = 0; i < 16; i++) bits();

	const unit = () => bits() / 2 ** 32;
	const between = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
	return {
		bits,
		unit,
		between,
		chance: (probability) => unit() < probability,
		pick<T>(from: readonly T[]): T {
			const found = from[between(0, from.length - 1)];
			if (found === undefined) throw new Error('Nothing to pick from');
			return found;
		},
	};
}

/** Draws with unequal odds by one number between 0 and 1. */
export interface Weighted<T> {
	at(unit: number): T;
}

export function weighted<T>(entries: readonly (readonly [T, number])[]): Weighted<T> {
	const upTo = new Float64Array(entries.length);
	let total = 0;
	entries.forEach(([, weight], index) => {
		total += weight;
		upTo[index] = total;
	});
	return {
		at(unit) {
			const target = unit * total;
			let low = 0;
			let high = entries.length - 1;
			while (low < high) {
				const middle = (low + high) >> 1;
				if ((upTo[middle] ?? 0) > target) high = middle;
				else low = middle + 1;
			}
			const entry = entries[low];
			if (!entry) throw new Error('Nothing to draw from');
			return entry[0];
		},
	};
}

/** A copy in another order (Fisher–Yates). */
export function shuffled<T>(list: readonly T[], dice: Dice): T[] {
	const copy = [...list];
	for (let last = copy.length - 1; last > 0; last--) {
		const other = dice.between(0, last);
		const [a, b] = [copy[last], copy[other]];
		if (a === undefined || b === undefined) continue;
		copy[last] = b;
		copy[other] = a;
	}
	return copy;
}
