/**
 * A set of (id, revision) pairs said in few bytes, so that two sides can find where they differ (D4).
 * Each pair hashes to 64 bits and falls into one of 256 buckets by its id; a bucket's digest is the sum of its
 * hashes, so it does not depend on order and changes with one addition or subtraction.
 */
const BUCKETS = 256;

export interface SetDigest {
	add(id: string, rev: string): void;
	remove(id: string, rev: string): void;
	/** 16 hex characters over the whole set. */
	root(): string;
	/** 16 hex characters per bucket, 256 of them. */
	buckets(): string[];
	count(): number;
}

export function createDigest(): SetDigest {
	const high = new Uint32Array(BUCKETS);
	const low = new Uint32Array(BUCKETS);
	let count = 0;

	function shift(id: string, rev: string, sign: 1 | -1) {
		const bucket = bucketOf(id);
		const [h, l] = hash64(`${id} ${rev}`);
		high[bucket] = (high[bucket] ?? 0) + sign * h;
		low[bucket] = (low[bucket] ?? 0) + sign * l;
		count += sign;
	}

	return {
		add: (id, rev) => shift(id, rev, 1),
		remove: (id, rev) => shift(id, rev, -1),
		root() {
			let h = 0;
			let l = 0;
			for (let bucket = 0; bucket < BUCKETS; bucket++) {
				const [bh, bl] = hash64(`${bucket}:${high[bucket]}:${low[bucket]}`);
				h = (h + bh) >>> 0;
				l = (l + bl) >>> 0;
			}
			return hex(h) + hex(l);
		},
		buckets: () => Array.from({ length: BUCKETS }, (_, bucket) => hex(high[bucket] ?? 0) + hex(low[bucket] ?? 0)),
		count: () => count,
	};
}

export function bucketOf(id: string): number {
	return hash64(id)[1] % BUCKETS;
}

/** 16 hex characters that change with the text: a checksum against damage, not against forgery. */
export function hash64Hex(text: string): string {
	const [high, low] = hash64(text);
	return hex(high) + hex(low);
}

function hex(n: number): string {
	return n.toString(16).padStart(8, '0');
}

/** cyrb53's two lanes (public domain, bryc): well spread, fast; not meant against an attacker, who could only fool himself. */
function hash64(text: string): [number, number] {
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 2654435761);
		b = Math.imul(b ^ code, 1597334677);
	}
	a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
	return [a >>> 0, b >>> 0];
}
