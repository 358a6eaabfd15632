import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { toLocalDateTime, dateOf } from '../../src/lib/domain/time/local-time.ts';
import { buildApp } from '../../sync-server/app.ts';
import { makeDemoSchool } from '../../sync-server/demo/make-school.ts';
import { openSchools } from '../../sync-server/schools.ts';
import { memoryHost } from '../../sync-server/store/memory.ts';
import { signIn } from '../e2e/sign-in.ts';
import { seed } from '../integration/running-school.ts';
import { median, round, type Bench, type BenchResult } from './harness.ts';

/** Reports of about 40 schools in a year (domain figures), told at one school. */
const OBSERVATIONS = 15_369;
const PUPILS = 433;
/** A laptop of some years ago, with other things to do. */
const CPU_SLOWDOWN = 6;
const OPEN_BUDGET_MS = 200;
const TASK_BUDGET_MS = 50;
const RUNS = 5;

/** What the coordinator opens from the menu, and what says that its figures are there. */
const PAGES = [
	{ name: 'overview', href: '/overview', there: 'main table' },
	{ name: 'analysis', href: '/analysis', there: 'main figure' },
	{ name: 'rounds', href: '/rounds', there: 'main h2' },
] as const;

interface Opened {
	readonly ms: number;
	/** The longest time nothing could be tapped. */
	readonly task: number;
}

/**
 * From the tap on a dashboard until its figures are drawn and the next frame is free, in the built app with a year of many
 * schools, slowed down; and the longest task on the way. The first look, at which documents become numbers, is not counted:
 * it is done in slices, and stays from page to page.
 */
export const bench: Bench = {
	name: 'dashboards',
	async run(say) {
		const appDir = process.env.APP_DIR ?? 'build';
		if (!existsSync(join(appDir, 'index.html'))) throw new Error(`There is no ${appDir}: run "npm run build" first.`);
		say(`Making ${OBSERVATIONS.toLocaleString('en')} observations …`);
		const host = memoryHost();
		const today = dateOf(toLocalDateTime(new Date(), 'Europe/Amsterdam'));
		const school = [...makeDemoSchool({ pupils: PUPILS, observations: OBSERVATIONS, seed: 7, today })];
		await seed(
			host,
			school.map(({ doc }) => doc),
		);
		const schools = await openSchools(host, () => new Date());
		const logTo = { write: () => {} };
		const app = await buildApp({ schools, now: () => new Date(), appDir, logLevel: 'error', logTo, trustProxy: false });
		const baseURL = await app.listen({ host: '127.0.0.1', port: 0 });
		const browser = await chromium.launch({
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		try {
			const context = await browser.newContext({ baseURL, locale: 'nl-NL', viewport: { width: 1440, height: 900 } });
			const page = await context.newPage();
			await page.addInitScript(noteLongTasks);
			await signIn(page, 'coordinator');
			for (const { href, there } of PAGES) await show(page, href, there);
			const devtools = await context.newCDPSession(page);
			await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
			const results: BenchResult[] = [];
			for (const { name, href, there } of PAGES) {
				const opened: Opened[] = [];
				for (let run = 0; run < RUNS; run++) {
					await show(page, '/settings', 'main h2');
					opened.push(await show(page, href, there));
				}
				const [ms, task] = [median(opened.map((each) => each.ms)), Math.max(...opened.map((each) => each.task))];
				say(`${name}: open in ${round(ms)} ms, longest task ${round(task)} ms`);
				results.push(within(`dashboard-open-ms-${name}`, ms, OPEN_BUDGET_MS));
				results.push(within(`dashboard-longest-task-ms-${name}`, task, TASK_BUDGET_MS));
			}
			return results;
		} finally {
			await browser.close();
			await app.close();
			await schools.close();
		}
	},
};

function within(metric: string, value: number, budget: number): BenchResult {
	const ratio = round(budget / Math.max(value, 1));
	return { metric, value: round(value), unit: 'ms', peer: 'budget', peerValue: budget, ratio, runs: RUNS };
}

/** By the menu, as a person would: the app stays. */
async function show(page: Page, href: string, there: string): Promise<Opened> {
	await page.evaluate(() => {
		const noted = globalThis as unknown as Noted;
		noted.longTasks.length = 0;
		noted.openedAt = 0;
		document.addEventListener('click', (event) => (noted.openedAt = event.timeStamp), { capture: true, once: true });
	});
	await page.locator(`nav a[href="${href}"]`).first().click();
	const handle = await page.waitForFunction(
		async ({ path, selector }) => {
			if (location.pathname !== path || !document.querySelector(selector)) return null;
			// Drawn, and the frame after it: whoever taps now is answered.
			await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
			const { longTasks, openedAt } = globalThis as unknown as Noted;
			return { ms: performance.now() - openedAt, task: Math.max(0, ...longTasks) };
		},
		{ path: href, selector: there },
		{ timeout: 120_000, polling: 'raf' },
	);
	return (await handle.jsonValue()) as Opened;
}

interface Noted {
	longTasks: number[];
	openedAt: number;
}

/** Runs in the page. Browsers tell of tasks from 50 ms on, so 0 means: none that long. */
function noteLongTasks(): void {
	const noted: Noted = { longTasks: [], openedAt: 0 };
	Object.assign(globalThis, noted);
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) noted.longTasks.push(duration);
	}).observe({ entryTypes: ['longtask'] });
}
