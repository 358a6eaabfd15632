import { chromium } from '@playwright/test';
import { firstSync } from './first-sync.ts';
import type { Bench } from './harness.ts';
import { openSealed } from './open-sealed.ts';
import { saveMs } from './save-ms.ts';
import { syncBytes } from './sync-bytes.ts';
import { upload } from './upload.ts';

export const bench: Bench = {
	name: 'sync',
	async run(say) {
		const browser = await chromium.launch({
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		try {
			return [
				...(await firstSync(browser, say)),
				await upload(browser, say),
				...(await syncBytes(browser, say)),
				await saveMs(browser, say),
				await openSealed(browser, say),
			];
		} finally {
			await browser.close();
		}
	},
};
