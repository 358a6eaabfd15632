/** The thread the analysis runs in, so that no tap waits for a sum. */
import { createAnswerer, type Request } from './answer.ts';

const answer = createAnswerer();

self.addEventListener('message', ({ data }: MessageEvent<{ readonly number: number; readonly request: Request }>) => {
	self.postMessage({ number: data.number, answer: answer(data.request) });
});
