import type { PersonId } from '#domain/id.ts';
import type { DeviceStorage } from '#lib/device/device-storage.ts';
import { StorageFull } from '#lib/device/device-storage.ts';
import type { PersonWork, Surroundings } from '#lib/device/person-work.ts';
import type { TriggerTargets } from '#lib/device/sync-triggers.ts';
import type { News } from '#lib/device/tabs.ts';
import { diceFor, type Dice } from '#server/demo/random.ts';
import { seededUlid } from '#server/demo/seeded-ulid.ts';
import { createMemoryDisk, type MemoryDisk, type MemoryStorage } from '#tests/factories/memory-disk.ts';
import type { Edition } from './editions.ts';
import type { Product } from './loader.ts';
import { OutboxWatch } from './outbox-watch.ts';
import type { SchoolServer } from './school-server.ts';
import type { Truth } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';
import { callingAs, Wire } from './wire.ts';

/** Milliseconds a transaction takes at most: a cheap phone's flash. */
const DISK_MS = 12;
/** Milliseconds until another tab hears. */
const NEWS_MS = 5;

/** What is installed on a device. */
export interface App {
	readonly edition: Edition;
	readonly product: Product;
}

export interface DeviceOptions {
	readonly name: string;
	readonly personId: PersonId;
	readonly app: App;
	readonly time: VirtualTime;
	readonly truth: Truth;
	readonly servers: readonly SchoolServer[];
	readonly seed: number;
}

/** One page of the app on a device. */
export class Tab {
	alive = true;
	visible = true;
	work: PersonWork | null = null;
	targets: TriggerTargets | null = null;
	onNews: ((news: News) => void) | null = null;
	readonly storage: MemoryStorage;
	#die: () => void = () => undefined;
	readonly died = new Promise<void>((resolve) => (this.#die = resolve));

	constructor(storage: MemoryStorage) {
		this.storage = storage;
	}

	/** At this very moment, as by the system that needs the memory. */
	kill(): void {
		if (!this.alive) return;
		this.alive = false;
		this.targets = null;
		this.storage.kill();
		this.work?.loop.stop();
		this.work = null;
		this.#die();
	}
}

/** A phone, tablet or laptop: a disk that outlives its pages, a clock that may be wrong, a network of its own. */
export class Device {
	readonly name: string;
	readonly personId: PersonId;
	readonly wire: Wire;
	readonly disk: MemoryDisk = createMemoryDisk();
	readonly outbox: OutboxWatch;
	readonly tabs: Tab[] = [];
	online = true;
	/** Milliseconds this device's clock is ahead of the true time. */
	skew = 0;
	/** Which of the school's servers it is led to. */
	server = 0;
	session: { readonly token: string; readonly sessionId: string } | null = null;
	#app: App;
	readonly #options: DeviceOptions;
	readonly #dice: Dice;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(options: DeviceOptions) {
		const { name, personId, time, truth, seed } = options;
		this.name = name;
		this.personId = personId;
		this.#options = options;
		this.#app = options.app;
		this.#dice = diceFor(seed, name);
		this.outbox = new OutboxWatch(name, this.disk, truth, () => this.edition);
		this.wire = new Wire({
			time,
			unit: () => this.#dice.unit(),
			isOnline: () => this.online,
			ask: async (path, body) => {
				truth.noteSent(this, path, body);
				const server = this.#server;
				if (!server.isUp) return null;
				const { replica } = server.school;
				const answer = await server.ask(path, body, this.session?.token ?? null);
				if (answer) {
					time.note(`${name} ${path} ${answer.status}`);
					truth.noteAnswer(this, path, body, answer, replica);
				}
				return answer;
			},
			onTooLarge: (path, body) => truth.noteTooLarge(this, path, body),
			onDelivered: (path, _body, answer) => truth.noteDelivered(this, path, answer),
		});
	}

	get now(): number {
		return this.#options.time.now + this.skew;
	}

	newUlid(): string {
		return seededUlid(this.now, this.#dice);
	}

	/** The pages that are open and know what the disk holds. */
	get working(): (Tab & { work: PersonWork })[] {
		return this.tabs.filter((tab): tab is Tab & { work: PersonWork } => tab.alive && tab.work !== null);
	}

	/** By what name its server knows it: another one after everything on it went. */
	get deviceId(): unknown {
		return (this.disk.inspect('marks').get('deviceId') as { value: unknown } | undefined)?.value;
	}

	/** Whether it holds this very revision, as some page of it knows. */
	holds(id: string, rev: string): boolean {
		return this.working.some(({ work }) => work.store.replica.heldRev(id) === rev);
	}

	async signIn(): Promise<void> {
		this.session = (await this.#server.startSession(this.personId)) ?? this.session;
	}

	openTab(): void {
		const tab = new Tab(this.disk.open());
		this.tabs.push(tab);
		const opening = this.#app.product.openPersonWork(this.#around(tab), {
			onLeft: () => tab.kill(),
			onRights: () => undefined,
		});
		opening.then(
			(work) => {
				if (!tab.alive) return work.loop.stop();
				tab.work = work;
				work.loop.request();
			},
			(error: unknown) => this.#bug(error),
		);
	}

	killTab(tab: Tab): void {
		tab.kill();
		this.tabs.splice(this.tabs.indexOf(tab), 1);
	}

	get edition(): Edition {
		return this.#app.edition;
	}

	/** The newer app takes over at this very moment, whatever the older one was doing; the disk stays as it is. */
	update(app: App): void {
		for (const tab of [...this.tabs]) this.killTab(tab);
		this.#app = app;
		this.openTab();
	}

	/** The next who opens the app here signs in first. */
	signedOut(): void {
		for (const tab of [...this.tabs]) this.killTab(tab);
		this.openTab();
	}

	/** The browser needed the room and threw everything away, which it does to sites that have little. */
	evict(): void {
		if (this.outbox.rows.length > 0) return;
		for (const tab of [...this.tabs]) this.killTab(tab);
		this.disk.evict();
		this.openTab();
	}

	/** What `run` asks the school goes over this device's network, and dies with this page. */
	asking<T>(tab: Tab, run: () => T): T {
		return callingAs((path, body, signal) => this.wire.fetch(path, body, signal, () => tab.alive), run);
	}

	#around(tab: Tab): Surroundings {
		const { product } = this.#app;
		const { time } = this.#options;
		const call = <T>(run: () => T): T => this.asking(tab, run);
		return {
			storage: this.#slowly(tab),
			sealing: product.plainSealing,
			transport: {
				push: (request) => call(() => product.httpTransport.push(request)),
				pull: (request) => call(() => product.httpTransport.pull(request)),
				askTime: () => call(() => product.httpTransport.askTime?.() ?? Promise.resolve(null)),
			},
			openTabs: (onNews) => {
				tab.onNews = onNews;
				return {
					announce: (news) => this.#announce(tab, news),
					alone: (run) => this.#alone(tab, run),
					close: () => (tab.onNews = null),
				};
			},
			listen(targets) {
				tab.targets = targets;
				return () => (tab.targets = null);
			},
			isVisible: () => tab.visible,
			now: () => this.now,
			uptime: () => time.uptime,
			random: () => this.#dice.unit(),
			newUlid: () => this.newUlid(),
			later(run, ms) {
				const timer = time.in(ms, () => tab.alive && run());
				return () => timer.cancel();
			},
			onBug: (error) => this.#bug(error),
		};
	}

	/** Flash takes its time before a transaction is complete and before the page hears of it: a page may die at either. */
	#slowly({ storage }: Tab): DeviceStorage {
		const { time } = this.#options;
		const wait = () => time.pass(this.#dice.unit() * DISK_MS);
		const slowly =
			<Args extends unknown[], T>(write: (...args: Args) => Promise<T>) =>
			async (...args: Args): Promise<T> => {
				await wait();
				const result = await write(...args);
				await wait();
				return result;
			};
		return {
			read: (names, run) => storage.read(names, run),
			write: slowly((names, run) => storage.write(names, run)),
			writeAtOnce: slowly((names, run) => storage.writeAtOnce(names, run)),
			writeRelaxed: (names, run) => storage.writeRelaxed(names, run),
			close: () => storage.close(),
			destroy: () => storage.destroy(),
		};
	}

	#announce(from: Tab, news: News): void {
		for (const tab of this.tabs) {
			if (tab === from) continue;
			this.#options.time.in(this.#dice.unit() * NEWS_MS, () => tab.alive && tab.onNews?.(news));
		}
	}

	/** Web Locks: one page at a time, and a page that dies lets go. */
	#alone<T>(tab: Tab, run: () => Promise<T>): Promise<T> {
		const before = this.#turn;
		const mine = before.then(() => (tab.alive ? run() : new Promise<T>(() => undefined)));
		this.#turn = before.then(() => Promise.race([mine.catch(() => undefined), tab.died]));
		return mine;
	}

	get #server(): SchoolServer {
		const { servers } = this.#options;
		const server = servers[this.server % servers.length];
		if (!server) throw new Error('A school has at least one server');
		return server;
	}

	/** A full disk is told to the person; anything else that is thrown is a bug. */
	#bug(error: unknown): void {
		if (error instanceof StorageFull || (error instanceof Error && error.constructor.name === 'StorageFull')) return;
		const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
		this.#options.truth.fail(`${this.name} threw ${what}`);
	}
}
