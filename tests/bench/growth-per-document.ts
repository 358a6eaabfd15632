import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Times, Turn } from './growth-process.ts';
import { median, round, type BenchResult } from './harness.ts';

const SMALL = 1_000;
const LARGE = 100_000;

/** The schools take turns, so that a busy moment of the machine meets both alike. */
const TURNS = 20;
const DOCUMENTS_PER_TURN = 20;
/** Until the engine has learned the code: who starts with 100,000 documents has run more of it. */
const WARM_UP_TURNS = 5;

/** Flat, but for caches of a processor that hold less of more. */
const BUDGET = 1.5;

/** What it costs to push one document and to pull it on another device, in a large school against a small one. */
export async function growthPerDocument(say: (text: string) => void): Promise<BenchResult> {
	const schools = [SMALL, LARGE].map((documents) => ({
		documents,
		child: start(documents),
		times: new Array<number>(),
	}));
	for (const { child } of schools) await answerOf(child);
	for (let turn = 1; turn <= WARM_UP_TURNS + TURNS; turn++) {
		for (const { child, times } of schools) {
			child.send(DOCUMENTS_PER_TURN satisfies Turn);
			const answer = await answerOf(child);
			if (turn > WARM_UP_TURNS) times.push(...answer);
		}
	}
	for (const { child } of schools) {
		const ended = once(child, 'exit');
		child.send(0 satisfies Turn);
		await ended;
	}
	const [small = NaN, large = NaN] = schools.map(({ documents, times }) => {
		say(`${documents.toLocaleString('en')} documents: ${round(median(times))} ms to push one and pull it`);
		return median(times);
	});
	const value = round(large / small);
	return {
		...{ metric: 'growth-per-document', value, unit: `× the cost at ${SMALL.toLocaleString('en')} documents` },
		...{ peer: 'budget', peerValue: BUDGET, ratio: round(BUDGET / value), runs: TURNS * DOCUMENTS_PER_TURN },
	};
}

function start(documents: number): ChildProcess {
	return fork(join(import.meta.dirname, 'growth-process.ts'), [String(documents)]);
}

async function answerOf(child: ChildProcess): Promise<Times> {
	const heard = new AbortController();
	const { signal } = heard;
	const ended = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('The school ended')));
	try {
		const [times] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Times];
		return times;
	} finally {
		heard.abort();
	}
}
