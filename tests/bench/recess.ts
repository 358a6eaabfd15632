import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { idOf, type DeviceId } from '../../src/lib/domain/id.ts';
import { Session, SignInOptions } from '../../src/lib/domain/session.ts';
import type { LocalDateTime } from '../../src/lib/domain/time/local-time.ts';
import { agentOf, type Agent, type Sent } from '../integration/running-school.ts';
import { anObservation } from '../factories/school.ts';
import type { Answer, Question } from './server-process.ts';

/** What one supervisor writes down in one break. */
const OBSERVATIONS_EACH = 3;

interface RecessDevice {
	readonly agent: Agent<Sent>;
	readonly session: Session;
}

interface SignedIn {
	readonly session: Session;
	readonly send: Parameters<typeof agentOf<Sent>>[0];
}

export interface Recess {
	/** Milliseconds of each device's whole sync: what it wrote is receipted, and both sides hold the same. */
	readonly syncs: readonly number[];
	readonly errors: number;
	/** Ids with a receipt. */
	readonly stored: readonly string[];
}

/** A school's server in its own process, and devices that come back after recess. */
export async function openPlayground(devices: number) {
	const dataDir = mkdtempSync(join(tmpdir(), 'pleinwacht-bench-'));
	const child = fork(join(import.meta.dirname, 'server-process.ts'), [dataDir], { execArgv: ['--expose-gc'] });
	const { address } = (await answerOf(child)) as { address: string };
	const people = await signInEverybody(address);
	const all: RecessDevice[] = [];
	for (let n = 0; n < devices; n++) {
		const person = people[n % people.length];
		if (!person) throw new Error('There is nobody at this school');
		const device = { session: person.session, agent: agentOf(person.send, idOf('device', ulid()) as DeviceId) };
		await device.agent.pull();
		all.push(device);
	}

	return {
		ask: async (question: Question): Promise<number> => {
			child.send(question);
			return ((await answerOf(child)) as { value: number }).value;
		},
		/** Every device syncs once, at a moment of its own within `withinMs`. */
		async recess(withinMs: number): Promise<Recess> {
			const syncs: number[] = [];
			const stored: string[] = [];
			let errors = 0;
			await Promise.all(
				all.map(async (device, n) => {
					await sleep((n / all.length) * withinMs);
					const start = performance.now();
					try {
						stored.push(...(await sync(device)));
						syncs.push(performance.now() - start);
					} catch {
						errors++;
					}
				}),
			);
			return { syncs, errors, stored };
		},
		async close() {
			child.kill();
			await once(child, 'exit');
			rmSync(dataDir, { recursive: true });
		},
	};
}

async function sync({ agent, session }: RecessDevice): Promise<string[]> {
	const { schoolId, personId: reporterId } = session;
	const occurredAt = new Date(Date.now() - 3_600_000).toISOString().slice(0, 16) as LocalDateTime;
	const items = Array.from({ length: OBSERVATIONS_EACH }, () => {
		const id = idOf('observation', ulid());
		return agent.item({ ...anObservation(1), id, schoolId, reporterId, occurredAt, placeId: null, participants: [] });
	});
	const receipts = await agent.push(items);
	// Others write at the same moment: equal is what counts, not the first answer.
	while ((await agent.pull()).taken.length > 0);
	return receipts.flatMap(({ id, result }) => (result.kind === 'stored' ? [id] : []));
}

/** Once each: their devices share the session, so that signing in is not what is measured. */
async function signInEverybody(address: string): Promise<SignedIn[]> {
	const { demoPeople } = SignInOptions.parse(await (await fetch(`${address}/api/sign-in`)).json());
	const coordinator = demoPeople.find(({ role }) => role === 'coordinator');
	if (!coordinator) throw new Error('The demo has no coordinator');
	const first = await signIn(address, coordinator.personId);
	const agent = agentOf(first.send, idOf('device', ulid()) as DeviceId);
	await agent.pull();
	const others = agent.ofType('person').filter(({ id }) => id !== coordinator.personId);
	return [first, ...(await Promise.all(others.map(({ id }) => signIn(address, id))))];
}

async function signIn(address: string, demoPersonId: string): Promise<SignedIn> {
	const post = (url: string, payload: unknown, cookie = '') =>
		fetch(address + url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', cookie },
			body: JSON.stringify(payload),
		});
	const answer = await post('/api/sign-in', { demoPersonId });
	const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
	const session = Session.parse(await answer.json());
	return {
		session,
		async send({ url, payload }) {
			const response = await post(url as string, payload, cookie);
			const body = await response.text();
			return {
				statusCode: response.status,
				headers: { 'content-type': response.headers.get('content-type') ?? undefined },
				body,
				json: <T>() => JSON.parse(body) as T,
			};
		},
	};
}

async function answerOf(child: ChildProcess): Promise<Answer> {
	const heard = new AbortController();
	const { signal } = heard;
	try {
		const [answer] = (await Promise.race([
			once(child, 'message', { signal }),
			once(child, 'exit', { signal }).then(() => Promise.reject(new Error('The server ended'))),
		])) as [Answer];
		return answer;
	} finally {
		heard.abort();
	}
}
