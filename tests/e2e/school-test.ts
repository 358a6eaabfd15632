import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import type { Role } from '#domain/school/roster.ts';
import { SignInOptions } from '#domain/session.ts';
import { startServer, TEMPLATE_VARIABLE, type TestServer } from './server.ts';

interface Fixtures {
	/** The real server with the demo school, of this test alone. */
	server: TestServer;
	/** A device of its own: another browser profile. */
	newDevice: () => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures>({
	server: async ({}, use) => {
		const template = process.env[TEMPLATE_VARIABLE];
		const server = await startServer(template ? { template } : {});
		try {
			await use(server);
		} finally {
			await server.dispose();
		}
	},
	baseURL: async ({ server }, use) => use(server.url),
	newDevice: async ({ browser, server, contextOptions }, use) => {
		const devices: BrowserContext[] = [];
		await use(async () => {
			const device = await browser.newContext({ ...contextOptions, baseURL: server.url });
			devices.push(device);
			return device;
		});
		for (const device of devices) await device.close();
	},
});

export { expect };

/** One tap on the first demo person with this role; ready when the person's own first page is there. */
export async function signIn(page: Page, role: Role): Promise<void> {
	const { demoPeople } = SignInOptions.parse(await (await page.request.get('/api/sign-in')).json());
	const person = demoPeople.find((each) => each.role === role);
	if (!person) throw new Error(`the demo has no ${role}`);
	await page.goto('/sign-in');
	await page.getByRole('button', { name: person.name }).click();
	await page.waitForURL((url) => !['/sign-in', '/'].includes(url.pathname));
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
