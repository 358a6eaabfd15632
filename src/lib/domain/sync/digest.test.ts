import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf, createDigest } from './digest.ts';

const pairs = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })), {
	selector: ([id]) => id,
	maxLength: 60,
});

function digestOf(held: readonly (readonly [string, string])[]) {
	const digest = createDigest();
	for (const [id, rev] of held) digest.add(id, rev);
	return digest;
}

test('the order in which documents came does not matter', () => {
	fc.assert(
		fc.property(pairs, (held) => {
			expect(digestOf([...held].reverse()).root()).toBe(digestOf(held).root());
		}),
	);
});

test('what was added and removed again leaves no trace', () => {
	fc.assert(
		fc.property(pairs, fc.string({ minLength: 1 }), (held, rev) => {
			const digest = digestOf(held);
			digest.add('obs_extra', rev);
			digest.remove('obs_extra', rev);
			expect(digest.root()).toBe(digestOf(held).root());
			expect(digest.count()).toBe(held.length);
		}),
	);
});

test('one other revision changes the root and only its own bucket', () => {
	fc.assert(
		fc.property(pairs, (held) => {
			const before = digestOf([...held, ['obs_changed', 'a']]);
			const after = digestOf([...held, ['obs_changed', 'b']]);
			expect(after.root()).not.toBe(before.root());
			const differing = after.buckets().flatMap((bucket, index) => (bucket === before.buckets()[index] ? [] : [index]));
			expect(differing).toEqual([bucketOf('obs_changed')]);
		}),
	);
});

test('ids of one moment spread over the buckets', () => {
	const used = new Set(
		Array.from({ length: 2000 }, (_, n) => bucketOf(`obs_01J8Z0000000000000000${String(n).padStart(5, '0')}`)),
	);
	expect(used.size).toBe(256);
});
