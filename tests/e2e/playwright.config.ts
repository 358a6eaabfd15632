import { defineConfig } from '@playwright/test';

/** A first sync, an installed app and a few taps; what takes longer on a busy machine hangs. */
const TEST_MS = 240_000;

/** How long something may take to appear: no promise about speed, only the end of waiting. */
const APPEARS_MS = 20_000;

export default defineConfig({
	testDir: '.',
	testMatch: '**/*.e2e.ts',
	outputDir: '../../test-results',
	globalSetup: './make-template.ts',
	forbidOnly: true,
	fullyParallel: true,
	workers: 2,
	timeout: TEST_MS,
	expect: { timeout: APPEARS_MS },
	reporter: 'list',
	use: {
		browserName: 'chromium',
		locale: 'nl-NL',
		timezoneId: 'Europe/Amsterdam',
		viewport: { width: 390, height: 844 },
		trace: 'retain-on-failure',
		launchOptions: {
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		},
	},
});
