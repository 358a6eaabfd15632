import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { freePort } from './free-port.ts';

/** Where the template of a founded demo school lies, for the workers of this run. */
export const TEMPLATE_VARIABLE = 'PLEINWACHT_E2E_TEMPLATE';

/** Where every server of this run leaves what it logged, to be searched at the end. */
export const LOGS_VARIABLE = 'PLEINWACHT_E2E_LOGS';

/** The built app. */
export const APP_DIR = process.env.APP_DIR ?? 'build';

/** Founding the demo school takes some seconds on a slow machine. */
const START_MS = 180_000;

type Environment = Readonly<Record<string, string>>;

export interface TestServer {
	readonly url: string;
	/** Its own, removed by `dispose`. */
	readonly dataDir: string;
	/** As a power cut would: nothing is put in order first. */
	kill(): Promise<void>;
	/** Politely: what was begun is finished. */
	stop(): Promise<void>;
	/** On the same port with the same data; killed first if it still runs. */
	restart(env?: Environment): Promise<void>;
	/** Ends it, politely, and removes its data. */
	dispose(): Promise<void>;
}

/** The real server on a port of its own, with a copy of the template's data or with an empty folder. */
export async function startServer({
	template,
	appDir = APP_DIR,
	env = {},
}: { template?: string; appDir?: string; env?: Environment } = {}): Promise<TestServer> {
	const dataDir = mkdtempSync(join(tmpdir(), 'pleinwacht-e2e-'));
	if (template) cpSync(template, dataDir, { recursive: true });
	const port = await freePort();
	const start = (over: Environment = {}) => startProcess({ port, dataDir, appDir, env: { ...env, ...over } });
	let running: ChildProcess | undefined = await start();

	async function end(signal: NodeJS.Signals): Promise<void> {
		const ending = running;
		running = undefined;
		if (!ending || ending.exitCode !== null) return;
		const exited = once(ending, 'exit');
		ending.kill(signal);
		await exited;
	}

	return {
		url: `http://127.0.0.1:${port}`,
		dataDir,
		kill: () => end('SIGKILL'),
		stop: () => end('SIGTERM'),
		async restart(over) {
			await end('SIGKILL');
			running = await start(over);
		},
		async dispose() {
			await end('SIGTERM');
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

/** Founds a demo school once and leaves its data behind. @returns the folder. `look`: what there is to see of it first. */
export async function makeTemplate(look?: (url: string) => Promise<void>): Promise<string> {
	const dataDir = mkdtempSync(join(tmpdir(), 'pleinwacht-e2e-template-'));
	const port = await freePort();
	const founded = await startProcess({ port, dataDir, appDir: APP_DIR, env: {} });
	await look?.(`http://127.0.0.1:${port}`);
	const exited = once(founded, 'exit');
	founded.kill('SIGTERM');
	await exited;
	return dataDir;
}

interface Settings {
	readonly port: number;
	readonly dataDir: string;
	readonly appDir: string;
	readonly env: Environment;
}

async function startProcess(settings: Settings): Promise<ChildProcess> {
	const server = spawn(process.execPath, ['sync-server/main.ts'], {
		env: {
			...process.env,
			HOST: '127.0.0.1',
			PORT: String(settings.port),
			DATA_DIR: settings.dataDir,
			APP_DIR: settings.appDir,
			COUCHDB_URL: '',
			...(process.env[LOGS_VARIABLE] && { LOG_LEVEL: 'debug' }),
			...settings.env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	keepLogOf(server, settings.port);
	let said = '';
	const ready = new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`the server did not start:\n${said}`)), START_MS);
		const listen = (chunk: Buffer) => {
			said += chunk.toString();
			if (!said.includes('Pleinwacht is ready')) return;
			clearTimeout(timer);
			resolve();
		};
		server.stdout.on('data', listen);
		server.stderr.on('data', listen);
		server.once('exit', (code) => {
			clearTimeout(timer);
			reject(new Error(`the server ended with ${code}:\n${said}`));
		});
	});
	try {
		await ready;
		return server;
	} catch (error) {
		server.kill('SIGKILL');
		throw error;
	}
}

/** What the server prints for whoever started it, the people of the demo among it, is no log. */
function keepLogOf({ stdout, stderr }: ChildProcess, port: number): void {
	const folder = process.env[LOGS_VARIABLE];
	if (!folder || !stdout || !stderr) return;
	const keep = (line: string) => appendFileSync(join(folder, `${port}.log`), `${line}\n`);
	createInterface(stdout).on('line', (line) => line.startsWith('{') && keep(line));
	createInterface(stderr).on('line', keep);
}
