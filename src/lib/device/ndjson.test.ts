import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineBatches } from './ndjson.ts';

/** The text as a network would deliver it: cut anywhere, in the middle of a letter too. */
function delivered(text: string, cuts: readonly number[]): ReadableStream<Uint8Array> {
	const bytes = new TextEncoder().encode(text);
	const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	return new ReadableStream({
		start(controller) {
			places.slice(1).forEach((end, index) => controller.enqueue(bytes.slice(places[index], end)));
			controller.close();
		},
	});
}

async function collect(batches: AsyncIterable<string[]>): Promise<string[][]> {
	const all: string[][] = [];
	for await (const batch of batches) all.push(batch);
	return all;
}

test('however the network cuts it, the lines are the same and no batch is too large', async () => {
	const line = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/[\n\r]/.test(text));
	await fc.assert(
		fc.asyncProperty(fc.array(line), fc.array(fc.nat()), fc.boolean(), async (lines, cuts, endsWithNewline) => {
			const text = lines.join('\n') + (endsWithNewline && lines.length > 0 ? '\n' : '');
			const batches = await collect(lineBatches(delivered(text, cuts), 3));
			expect(batches.flat()).toEqual(lines);
			expect(batches.every((batch) => batch.length > 0 && batch.length <= 3)).toBe(true);
		}),
	);
});

test('a stream that breaks gives what was whole, and throws', async () => {
	const stream = new ReadableStream<Uint8Array>({
		pull(controller) {
			if (controller.desiredSize === null) return;
			controller.enqueue(new TextEncoder().encode('one\ntwo\nthr'));
			controller.error(new Error('gone'));
		},
	});
	await expect(collect(lineBatches(stream, 1000))).rejects.toThrow('gone');
});
