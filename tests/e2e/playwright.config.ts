import { defineConfig } from '@playwright/test';

/** A first sync, an installed app and a few taps; what takes longer hangs. */
const TEST_MS = 60_000;

export default defineConfig({
	testDir: '.',
	testMatch: '**/*.e2e.ts',
	outputDir: '../../test-results',
	globalSetup: './make-template.ts',
	forbidOnly: true,
	fullyParallel: true,
	workers: 2,
	timeout: TEST_MS,
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
