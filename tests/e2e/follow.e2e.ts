import type { Page } from '@playwright/test';
import { idOf, ulidOf } from '#domain/id.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import { allAsCoordinator } from './at-the-server.ts';
import { lastContact } from './on-disk.ts';
import { expect, expectAccessible, installed, signIn, test } from './school-test.ts';

test.use({ viewport: { width: 820, height: 1180 } });

/** From the own group to a pupil to a case that has just begun. */
async function startCaseFromGroup(page: Page): Promise<void> {
	await page.locator('tbody').getByRole('link').first().click();
	await page.locator('a[href^="/cases/new?pupil="]').click();
	await expect(page.locator('main [role=group] h3').first()).toBeVisible();
	await page.locator('main').getByRole('button').last().click();
	await page.waitForURL(/\/cases\/cas_/);
}

const step = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('from the group to a case: written, set to look back, reminded by the server, and there offline', async ({
	page,
	context,
	server,
}) => {
	await signIn(page, 'teacher');
	await expect(page.getByRole('heading', { level: 1, name: /^Groep/ })).toBeVisible();
	await expect(page.getByText('Je ziet niet wie meldde: dat weet alleen de coördinator.')).toBeVisible();
	await startCaseFromGroup(page);

	await expect(page.getByRole('heading', { level: 2, name: 'Bekijken' })).toBeVisible();
	await page.getByLabel('Schrijf op wat belangrijk is').fill('Wil niet meer naar buiten in de pauze.');
	await page.getByRole('button', { name: 'Schrijf erbij' }).click();
	await expect(page.getByText('Wil niet meer naar buiten in de pauze.').first()).toBeVisible();
	await step(page, 'Begrijpen').click();
	await page.getByLabel('Schrijf op wat belangrijk is').fill('Wil erbij horen; de groep lacht mee.');
	await page.reload();
	await step(page, 'Begrijpen').click();
	await expect(page.getByLabel('Schrijf op wat belangrijk is')).toHaveValue('Wil erbij horen; de groep lacht mee.');
	await page.getByRole('button', { name: 'Schrijf erbij' }).click();
	await step(page, 'Beslissen').click();
	await page.getByRole('button', { name: 'Leg de momenten vast' }).click();
	await expect(page.getByRole('heading', { name: 'Momenten om op te volgen' })).toBeVisible();

	const caseId = new URL(page.url()).pathname.split('/').at(-1);
	const remindersOfThisCase = async () =>
		(await allAsCoordinator(server.url, 'reminder'))
			.filter((each) => each.caseId === caseId)
			.sort((a, b) => (a.from < b.from ? -1 : 1));

	// The server's worker makes one reminder for each, under an id that comes from it.
	await expect.poll(async () => (await remindersOfThisCase()).length, { timeout: 20_000 }).toBe(2);
	const followUps = (await allAsCoordinator(server.url, 'followUp')).filter((each) => each.caseId === caseId);
	const reminders = await remindersOfThisCase();
	expect(new Set(reminders.map(({ id }) => id))).toEqual(
		new Set(followUps.map(({ id }) => idOf('reminder', ulidOf(id)))),
	);
	expect(reminders.every(({ ownerId, resolved }) => ownerId === followUps[0]?.ownerId && !resolved)).toBe(true);

	await installed(page);
	// At school until the day before: longer without contact, a device lets go of what it may read.
	const due = Date.parse(`${reminders[0]?.from}T10:00:00+01:00`);
	await page.clock.setFixedTime(due - MS_PER_DAY);
	await page.reload();
	await expect.poll(() => lastContact(page)).toBe(due - MS_PER_DAY);
	await server.kill();
	await context.setOffline(true);
	const mine = page.getByRole('article').filter({ has: page.locator(`a[href="/cases/${caseId}"]`) });
	await page.goto('/reminders');
	await expect(mine).toHaveCount(2);
	await expect(mine.getByRole('button')).toHaveCount(0);

	// A day later, still without a network, it is due.
	await page.clock.setFixedTime(due);
	await page.reload();
	await mine.getByRole('button', { name: 'Gedaan' }).click();
	await page.getByLabel(/In één zin/).fill('Speelt weer mee.');
	await page.getByRole('button', { name: 'Ja', exact: true }).click();
	await expect(page.getByRole('status').filter({ hasText: 'Bewaard: Ja' })).toBeVisible();
	await expect(mine).toHaveCount(1);
	await page.reload();
	await expect(mine).toHaveCount(1);
});

test('not stopped starts the next turn on the coordinator’s device too', async ({ page, newDevice }) => {
	await signIn(page, 'teacher');
	await startCaseFromGroup(page);
	await step(page, 'Beoordelen').click();
	await page.getByLabel('Waaraan zie je dat, en wat hielp?').fill('Vandaag weer alleen aan de kant.');
	await page.getByRole('button', { name: 'Nee, begin ronde 2' }).click();
	await expect(page.getByText(/^Ronde 2/)).toBeVisible();
	const address = new URL(page.url()).pathname;

	const coordinator = await (await newDevice()).newPage();
	await signIn(coordinator, 'coordinator');
	await expect
		.poll(
			async () => {
				await coordinator.goto(address);
				return coordinator.getByText(/^Ronde 2/).count();
			},
			{ timeout: 20_000 },
		)
		.toBe(1);
	await expect(coordinator.getByText('Vandaag weer alleen aan de kant.')).toBeVisible();
});

test("another teacher's pupil is calmly not there", async ({ page, server }) => {
	await signIn(page, 'teacher');
	await expect(page.getByRole('heading', { level: 1, name: /^Groep/ })).toBeVisible();
	const [mine] = await page.getByRole('heading', { level: 1 }).allTextContents();
	const groups = await allAsCoordinator(server.url, 'group');
	const another = groups.find(({ name }) => !mine?.includes(name));
	const pupil = (await allAsCoordinator(server.url, 'pupil')).find(({ groupId }) => groupId === another?.id);
	await page.goto(`/pupils/${pupil?.id}`);
	await expect(page.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' })).toBeAttached();
	await expect(page.getByText(pupil?.lastName ?? '?')).toHaveCount(0);
	await page.goto(`/groups/${another?.id}`);
	await expect(page.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' })).toBeAttached();
});

for (const locale of ['nl', 'en'] as const) {
	for (const colorScheme of ['light', 'dark'] as const) {
		test(`group, pupil, case and reminders can be used by everybody (${locale}, ${colorScheme})`, async ({
			page,
			newDevice,
		}) => {
			// Eleven pages, each looked at by axe.
			test.slow();
			const inLanguage = (each: Page) =>
				each.addInitScript((language) => localStorage.setItem('PARAGLIDE_LOCALE', language), locale);
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await inLanguage(page);
			await signIn(page, 'teacher');
			await expect(page.locator('tbody')).toBeVisible();
			await expectAccessible(page);
			await page.locator('tbody').getByRole('link').first().click();
			await expect(page.locator('a[href^="/cases/new?pupil="]')).toBeVisible();
			await expectAccessible(page);
			await page.locator('a[href^="/cases/new?pupil="]').click();
			await expect(page.locator('main [role=group] h3').first()).toBeVisible();
			await expectAccessible(page);
			await page.locator('main').getByRole('button').last().click();
			await page.waitForURL(/\/cases\/cas_/);
			const steps = page.locator('ol button');
			const entry = page.locator('form', {
				has: page.getByLabel(/^(Schrijf op wat belangrijk is|Write down what matters)$/),
			});
			await entry.locator('textarea').fill('In de pauze apart gezet.');
			await entry.locator('button[type="submit"]').click();
			for (const index of [0, 1, 2, 3, 4]) {
				await steps.nth(index).click();
				if (index === 3) await expect(page.locator('li button', { hasText: /Gedaan|Done/ }).first()).toBeVisible();
				await expectAccessible(page);
				if (index === 2) await page.locator('section[aria-labelledby="plan-title"] .primary').click();
			}
			for (const address of ['/cases', '/reminders']) {
				await page.goto(address);
				await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
				await expect(page.locator('main li').first()).toBeVisible();
				await expectAccessible(page);
			}

			const coordinator = await (await newDevice()).newPage();
			await coordinator.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await inLanguage(coordinator);
			await signIn(coordinator, 'coordinator');
			await coordinator.goto('/groups');
			await expect(coordinator.locator('main li').first()).toBeVisible();
			await expectAccessible(coordinator);
		});
	}
}
