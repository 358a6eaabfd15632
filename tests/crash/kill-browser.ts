import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignInOptions } from '#domain/session.ts';
import { chromium, type Page } from '@playwright/test';
import { allAsCoordinator } from '#tests/e2e/at-the-server.ts';
import { logPushing } from '#tests/e2e/logging.ts';
import { installed } from '#tests/e2e/school-test.ts';
import { startServer } from '#tests/e2e/server.ts';
import type { Outcome } from './outcome.ts';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** One after the other, so that no two observations in a row look like a double tap. */
const GROUPS = ['3A', '4A', '5A', '6A', '7A', '8A'];

/** All that waits has gone out: some seconds, on a busy machine more. */
const ARRIVED_WITHIN_MS = 60_000;

/** Logs in a real Chromium and kills all of its processes at the word "saved"; the next start goes on with its profile. */
export async function killBrowserAfterSaved(template: string, kills: number): Promise<Outcome> {
	const server = await startServer({ template });
	const profile = mkdtempSync(join(tmpdir(), 'pleinwacht-crash-'));
	let browser: RunningBrowser | undefined;
	try {
		const before = (await allAsCoordinator(server.url, 'observation')).length;
		browser = await startBrowser(profile);
		await signIn(browser.page, server.url);
		await installed(browser.page);
		await browser.close();

		for (let kill = 0; kill < kills; kill++) {
			browser = await startBrowser(profile);
			await browser.page.goto(`${server.url}/capture`);
			await logPushing(browser.page, GROUPS[kill % GROUPS.length] ?? '6A');
			await browser.kill();
		}

		browser = await startBrowser(profile);
		await browser.page.goto(`${server.url}/mine`);
		let arrived = 0;
		for (const until = Date.now() + ARRIVED_WITHIN_MS; arrived < kills && Date.now() < until;) {
			await browser.page.waitForTimeout(1000);
			arrived = (await allAsCoordinator(server.url, 'observation')).length - before;
		}
		// What would be sent a second time would be by now, too.
		await browser.page.reload();
		await browser.page.waitForTimeout(3000);
		arrived = (await allAsCoordinator(server.url, 'observation')).length - before;
		const lost = Math.max(kills - arrived, 0);
		return {
			what: 'Chromium killed right after "saved"',
			kills,
			told: kills,
			lost,
			doubled: Math.max(arrived - kills, 0),
		};
	} finally {
		await browser?.kill();
		await server.dispose();
		rmSync(profile, { recursive: true, force: true });
	}
}

interface RunningBrowser {
	readonly page: Page;
	/** All its processes at once, without a word. */
	kill(): Promise<void>;
	close(): Promise<void>;
}

/** On a busy machine a Chromium can listen and never answer: then it goes, and another one opens the same profile. */
const STARTS = 3;

async function startBrowser(profile: string, left = STARTS): Promise<RunningBrowser> {
	const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
	const child = spawn(CHROMIUM, [...args, '--remote-debugging-port=0', `--user-data-dir=${profile}`], {
		// A group of its own, so that no helper process outlives it and writes on.
		detached: true,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const exited = once(child, 'exit');
	const killAll = async () => {
		if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
		await exited;
	};
	const browser = await chromium.connectOverCDP(await debuggerOf(child)).catch(async (error: unknown) => {
		await killAll();
		if (left <= 1) throw error;
		return null;
	});
	if (!browser) return startBrowser(profile, left - 1);
	const [context] = browser.contexts();
	if (!context) throw new Error('Chromium gave no profile');
	const page = context.pages()[0] ?? (await context.newPage());

	return {
		page,
		async kill() {
			await killAll();
			await browser.close().catch(() => {});
		},
		async close() {
			const session = await browser.newBrowserCDPSession();
			await session.send('Browser.close').catch(() => {});
			await exited;
		},
	};
}

async function debuggerOf(child: ChildProcess): Promise<string> {
	let said = '';
	return new Promise((resolve, reject) => {
		child.stderr?.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
			if (address) resolve(address);
		});
		child.once('exit', () => reject(new Error(`Chromium did not start:\n${said}`)));
	});
}

async function signIn(page: Page, url: string): Promise<void> {
	const { demoPeople } = SignInOptions.parse(await (await fetch(`${url}/api/sign-in`)).json());
	const name = demoPeople.find(({ role }) => role === 'supervisor')?.name ?? '';
	await page.goto(`${url}/sign-in`);
	await page.getByRole('button', { name }).click();
	await page.waitForURL((at) => !['/sign-in', '/'].includes(at.pathname));
}
