import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { DomainDocument } from '#domain/document.ts';
import type { PersonId, SchoolId } from '#domain/id.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import type { Product } from './loader.ts';
import type { OpenHost, ServerDisk } from './server-disk.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface ServerAnswer {
	readonly status: number;
	readonly type: string;
	readonly body: string;
	/** Milliseconds by the server's clock; `null`: it was not our server that answered. */
	readonly at: number | null;
}

interface Running {
	readonly host: OpenHost;
	readonly schools: Schools;
	readonly school: OpenSchool;
	readonly app: FastifyInstance;
	readonly stopWorkers: () => void;
	readonly died: Promise<null>;
	readonly die: () => void;
}

interface SchoolServerOptions {
	readonly product: Product;
	readonly time: VirtualTime;
	readonly disk: ServerDisk;
	readonly schoolId: SchoolId;
	/** Beside another server on the same database: hears a little later what that one wrote. */
	readonly lags: boolean;
	/** Runs the analysis too, which takes longer than all the rest together. */
	readonly analyses: boolean;
	readonly onFault: (error: unknown) => void;
}

/** One sync-server process: the real gateway, replica and workers over a disk that outlives it. */
export class SchoolServer {
	readonly #options: SchoolServerOptions;
	#running: Running | null = null;
	#product: Product;

	constructor(options: SchoolServerOptions) {
		this.#options = options;
		this.#product = options.product;
	}

	get isUp(): boolean {
		return this.#running !== null;
	}

	/** What this process knows of the school; only while it is up. */
	get school(): OpenSchool {
		if (!this.#running) throw new Error('The server is down');
		return this.#running.school;
	}

	/** While it is down; from its next start it runs this. */
	install(product: Product): void {
		this.#product = product;
	}

	async start(): Promise<void> {
		if (this.#running) return;
		const product = this.#product;
		const { time, disk, schoolId, lags, analyses, onFault } = this.#options;
		await time.work(async () => {
			const host = disk.open({ lags });
			const now = () => new Date(time.now);
			const schools = await product.openSchools(host, now);
			const school = schools.get(schoolId) ?? (await schools.add(schoolId));
			const app = Fastify({ logger: false, bodyLimit: 16_000, onProtoPoisoning: 'remove' });
			product.answerProblemsWithTheTable(app);
			await app.register(cookie);
			product.pushRoute(app, schools, now);
			product.pullRoute(app, schools);
			product.rescueRoute(app, schools, now);
			app.get('/api/health', async () => ({ status: 'ok' }));
			await app.ready();
			const derived = analyses ? [product.analysis, product.reminders] : [product.reminders];
			const workers = await Promise.all([
				...derived.map((worker) => product.startWorker(worker, school, now, onFault)),
				product.startRetention(school, now, onFault, () => true),
			]);
			let die: () => void = () => undefined;
			const died = new Promise<null>((resolve) => (die = () => resolve(null)));
			const stopWorkers = () => workers.forEach((worker) => void worker.stop());
			this.#running = { host, schools, school, app, stopWorkers, died, die };
		});
	}

	/** As by `SIGKILL`: what was being answered never will be, what was being written may be half there. */
	kill(): void {
		const running = this.#running;
		this.#running = null;
		if (!running) return;
		running.host.kill();
		running.stopWorkers();
		running.die();
	}

	/** `null`: nobody answers. */
	async ask(path: string, body: Uint8Array, token: string | null): Promise<ServerAnswer | null> {
		const running = this.#running;
		if (!running) return null;
		const { time } = this.#options;
		const headers = {
			'content-type': 'application/json',
			...(token ? { cookie: `__Host-session=${token}` } : {}),
		};
		return time.work(async () => {
			const asked = running.app.inject(
				body.length === 0
					? { method: 'GET', url: path }
					: { method: 'POST', url: path, headers, payload: Buffer.from(body) },
			);
			const answer = await Promise.race([asked, running.died]);
			if (!answer) return null;
			const type = String(answer.headers['content-type'] ?? '');
			return { status: answer.statusCode, type, body: answer.body, at: time.now };
		});
	}

	async startSession(personId: PersonId): Promise<{ token: string; sessionId: string } | null> {
		const running = this.#running;
		if (!running) return null;
		const { time, schoolId } = this.#options;
		return time.work(async () => {
			const started = running.schools.accounts.startSession({ personId, schoolId });
			const answer = await Promise.race([started.catch(() => null), running.died]);
			return answer && { token: answer.token, sessionId: answer.session.id };
		});
	}

	async endSession(sessionId: string): Promise<void> {
		const running = this.#running;
		if (!running) return;
		await this.#options.time.work(async () => {
			await Promise.race([running.schools.accounts.endSession(sessionId).catch(() => undefined), running.died]);
		});
	}

	/** What the school's own administration says, past the gateway: pupils move, people come and go, rights change. */
	administer(docs: readonly DomainDocument[]): Promise<void> {
		const product = this.#product;
		const { time } = this.#options;
		return this.host(async ({ replica }) => {
			const receivedAt = new Date(time.now).toISOString() as Instant;
			const writes = docs.map((doc) => {
				const standing = replica.get(doc.id);
				const rev = product.contentRevision(doc) + `-${time.now}`;
				const arrival = { rev, receivedAt, authorId: null, deviceId: null, seq: null };
				return { record: product.envelopeOf(doc, arrival), expectedRev: standing?.rev ?? null };
			});
			await replica.write(writes);
		});
	}

	/** What whoever hosts the server does there. A store that is away says so; they try another day. */
	async host(work: (school: OpenSchool) => Promise<unknown>): Promise<void> {
		const running = this.#running;
		if (!running) return;
		await this.#options.time.work(async () => {
			await Promise.race([work(running.school).catch(() => undefined), running.died]);
		});
	}
}
