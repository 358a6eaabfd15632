import { chromium, type Browser } from '@playwright/test';
import { firstSync } from './first-sync.ts';
import type { Bench, BenchResult } from './harness.ts';
import { openSealed } from './open-sealed.ts';
import { saveMs } from './save-ms.ts';
import { syncBytes } from './sync-bytes.ts';
import { upload } from './upload.ts';

type Say = (text: string) => void;
type Measuring = (browser: Browser, say: Say) => Promise<BenchResult | BenchResult[]>;

export const bench: Bench = {
	name: 'sync',
	async run(say) {
		const results: BenchResult[] = [];
		for (const measure of [firstSync, upload, syncBytes, saveMs, openSealed] satisfies Measuring[]) {
			results.push(...[await alone(measure, say)].flat());
		}
		return results;
	},
};

/** Each in a browser of its own: what the one before left open and unfinished would be measured as well. */
async function alone(measure: Measuring, say: Say): Promise<BenchResult | BenchResult[]> {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
	try {
		return await measure(browser, say);
	} finally {
		await browser.close();
	}
}
