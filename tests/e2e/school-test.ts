import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { APP_DIR, startServer, TEMPLATE_VARIABLE, type TestServer } from './server.ts';
import { signIn } from './sign-in.ts';

interface Fixtures {
	/** Where the app that the server gives out lies. */
	appDir: string;
	/** The real server with the demo school, of this test alone. */
	server: TestServer;
	/**
	 * Off, as in Safari and Firefox: nothing may need it. A browser that has it would also send what a test holds up in
	 * its page, past the page.
	 */
	hasBackgroundSync: boolean;
	/** A device of its own: another browser profile. */
	newDevice: () => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures>({
	// Playwright reads what a fixture needs from this pattern: nothing.
	// eslint-disable-next-line no-empty-pattern
	appDir: async ({}, use) => use(APP_DIR),
	server: async ({ appDir }, use) => {
		const template = process.env[TEMPLATE_VARIABLE];
		const server = await startServer({ appDir, ...(template && { template }) });
		try {
			await use(server);
		} finally {
			await server.dispose();
		}
	},
	baseURL: async ({ server }, use) => use(server.url),
	hasBackgroundSync: [false, { option: true }],
	context: async ({ context, baseURL, hasBackgroundSync }, use) => {
		if (!hasBackgroundSync) await withoutBackgroundSync(context);
		const breaches = policyBreachesBy(context, baseURL ?? '');
		await use(context);
		expect(breaches).toEqual([]);
	},
	newDevice: async ({ browser, server, contextOptions, hasBackgroundSync }, use) => {
		const devices: BrowserContext[] = [];
		const breaches: string[][] = [];
		await use(async () => {
			const device = await browser.newContext({ ...contextOptions, baseURL: server.url });
			if (!hasBackgroundSync) await withoutBackgroundSync(device);
			devices.push(device);
			breaches.push(policyBreachesBy(device, server.url));
			return device;
		});
		expect(breaches.flat()).toEqual([]);
		for (const device of devices) await device.close();
	},
});

export { expect, signIn };

async function withoutBackgroundSync(device: BrowserContext): Promise<void> {
	await device.addInitScript(() => void Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync'));
}

/**
 * What a device did that it never may, its service worker included: ask somebody else than the school's own server, or
 * try what the content security policy forbids.
 */
function policyBreachesBy(device: BrowserContext, own: string): string[] {
	const breaches: string[] = [];
	device.on('request', (request) => {
		const url = new URL(request.url());
		if (/^https?:$/.test(url.protocol) && url.origin !== own) breaches.push(url.href);
	});
	device.on('console', (message) => {
		if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) breaches.push(message.text());
	});
	return breaches;
}

/** The app is on the device and this page is served by it: from here on no network is needed. */
export async function installed(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller) return;
		await new Promise((resolve) =>
			navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
		);
	});
}

/** WCAG 2.2 AA as far as a machine can tell. */
export async function expectAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.analyze();
	expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(' ')) }))).toEqual([]);
}
