import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Schools } from '#server/schools.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { CONTROL_VERSION, type ControlLine, type HostWork } from './host-work.ts';
import { controlSocketOf } from './socket.ts';

/** A rescue file of the largest outbox there is. */
const MAX_BODY_CHARS = 100_000_000;

const Request = z.strictObject({
	version: z.literal(CONTROL_VERSION),
	work: z.string(),
	input: z.unknown(),
});

/** Only this user may ask: what is made under this mask has no bits for others. */
const OWNER_ONLY = 0o177;

/**
 * Lets the command line work while the server runs: two processes cannot open one embedded store, so the running one
 * does what is asked. Returns the way to stop.
 */
export async function listenForHost(
	dataDir: string,
	schools: Schools,
	works: Readonly<Record<string, HostWork<never>>>,
): Promise<() => Promise<void>> {
	const path = controlSocketOf(dataDir);
	if (!path) return async () => {};
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	// A server that was killed left its socket behind; one that runs holds the lock of the store.
	rmSync(path, { force: true });
	const server = createServer((request, response) => {
		void answer(request, response, schools, works);
	});
	const mask = process.umask(OWNER_ONLY);
	server.listen(path);
	await once(server, 'listening').finally(() => process.umask(mask));
	return async () => {
		server.close();
		server.closeIdleConnections();
		await once(server, 'close');
	};
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	schools: Schools,
	works: Readonly<Record<string, HostWork<never>>>,
): Promise<void> {
	const send = async (line: ControlLine) => {
		if (response.destroyed) throw new Error('Whoever asked has gone');
		if (!response.write(`${JSON.stringify(line)}\n`))
			await Promise.race([once(response, 'drain'), once(response, 'close')]);
	};
	try {
		const asked = Request.safeParse(await bodyOf(request));
		const work = asked.success && Object.hasOwn(works, asked.data.work) ? works[asked.data.work] : undefined;
		if (!asked.success || !work) {
			throw new StartUpProblem('The server that runs is of another version. Restart it, and try again.');
		}
		await work(schools, asked.data.input as never, (text) => send({ text }));
		await send({ done: true });
	} catch (error) {
		// What went wrong inside may carry what was in a document; the place is enough for who can mend it.
		const problem =
			error instanceof StartUpProblem
				? error.message
				: `The server failed (${(error as Error).name}). Nothing is lost; try again.`;
		await send({ problem }).catch(() => {});
	} finally {
		response.end();
	}
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
	request.setEncoding('utf8');
	let text = '';
	for await (const chunk of request as AsyncIterable<string>) {
		text += chunk;
		if (text.length > MAX_BODY_CHARS)
			throw new StartUpProblem(`More than ${MAX_BODY_CHARS / 1e6} MB is too much at once.`);
	}
	return JSON.parse(text) as unknown;
}
