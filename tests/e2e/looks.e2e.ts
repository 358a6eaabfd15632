import type { Page } from '@playwright/test';
import { expect, expectAccessible, installed, signIn, test } from './school-test.ts';

test('who looked at a child without a network is told when there is one, and shown to the coordinator', async ({
	page,
	context,
	newDevice,
}) => {
	await signIn(page, 'teacher');
	const child = page.locator('tbody').getByRole('link').first();
	await expect(child).toBeVisible();
	await installed(page);
	await context.setOffline(true);
	await child.click();
	await page.waitForURL(/\/pupils\/pup_/);
	await expect(page.getByRole('heading', { name: 'Wie keek er?' })).toHaveCount(0);
	const told = looksToldBy(page);
	await context.setOffline(false);
	await told;

	const desk = await (await newDevice()).newPage();
	await signIn(desk, 'coordinator');
	// Opened anew right after signing in: the child may come after its page.
	const ownTold = looksToldBy(desk);
	await desk.goto(new URL(page.url()).pathname);
	await ownTold;
	await desk.getByRole('button', { name: 'Laat zien wie er keek' }).click();
	const lookers = desk
		.locator('section', { has: desk.getByRole('heading', { name: 'Wie keek er?' }) })
		.getByRole('listitem');
	// The coordinator, who looks now, and the teacher.
	await expect(lookers).toHaveCount(2);
	await expect(lookers.filter({ hasText: 'één keer, vandaag' })).toHaveCount(2);
	await expectAccessible(desk);
});

function looksToldBy(page: Page) {
	return page.waitForResponse((answer) => answer.url().endsWith('/api/looks') && answer.status() === 204);
}
