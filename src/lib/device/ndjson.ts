/** Long enough for a slow phone network, short enough to notice a network that only pretends. */
const SILENCE_MS = 30_000;

/**
 * The lines of a streamed body in batches, so that a first sync parses and stores while the rest is under way.
 * Throws when the stream breaks or falls silent.
 */
export async function* lineBatches(body: ReadableStream<Uint8Array>, batchSize: number): AsyncGenerator<string[]> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let rest = '';
	let lines: string[] = [];
	try {
		for (;;) {
			const { done, value } = await orSilence(reader.read());
			const pieces = (rest + decoder.decode(value, { stream: !done })).split('\n');
			rest = done ? '' : (pieces.pop() ?? '');
			for (const piece of pieces) if (piece !== '') lines.push(piece);
			while (lines.length >= batchSize) {
				yield lines.slice(0, batchSize);
				lines = lines.slice(batchSize);
			}
			if (done) break;
		}
		if (lines.length > 0) yield lines;
	} finally {
		await reader.cancel().catch(() => undefined);
	}
}

async function orSilence<T>(reading: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const silence = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('the stream fell silent')), SILENCE_MS);
	});
	try {
		return await Promise.race([reading, silence]);
	} finally {
		clearTimeout(timer);
	}
}
