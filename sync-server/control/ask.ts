import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { CONTROL_VERSION, type ControlLine, type ControlRequest, type Print } from './host-work.ts';
import { controlSocketOf } from './socket.ts';

/** Has the running server do it. `false`: none runs on this data folder. */
export async function askRunningServer(dataDir: string, work: string, input: unknown, print: Print): Promise<boolean> {
	const socketPath = controlSocketOf(dataDir);
	const response = socketPath && (await post(socketPath, { version: CONTROL_VERSION, work, input }));
	if (!response) return false;
	try {
		for await (const line of createInterface({ input: response })) {
			const said = JSON.parse(line) as ControlLine;
			if ('done' in said) return true;
			if ('problem' in said) throw new StartUpProblem(said.problem);
			await print(said.text);
		}
	} finally {
		response.destroy();
	}
	throw new StartUpProblem('The server stopped before it was done. Try again.');
}

/** `undefined`: nobody listens there. */
async function post(socketPath: string, body: ControlRequest): Promise<IncomingMessage | undefined> {
	return new Promise((resolve, reject) => {
		const request = httpRequest({ socketPath, method: 'POST', path: '/' }, resolve);
		request.on('error', (error: NodeJS.ErrnoException) => {
			// Left behind by a server that was killed, or never there.
			if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
			else reject(error);
		});
		request.end(JSON.stringify(body));
	});
}
