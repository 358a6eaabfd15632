import type { Page } from '@playwright/test';
import { standingsOn } from '#domain/status/standing.ts';
import { allAsCoordinator } from './at-the-server.ts';
import { expect, expectAccessible, installed, signIn, test } from './school-test.ts';
import { SOON } from './soon.ts';

/** Everything this person may see is here: a list that still grows changes under the finger. */
async function received(page: Page): Promise<void> {
	await page.goto('/mine');
	await expect(page.getByText(/^Alles is aangekomen/)).toBeVisible(SOON);
}

/** In the session A1 is agreed for somebody of whom nothing was decided yet. @returns name and group, as shown. */
async function agreeOnA1(page: Page, url: string): Promise<{ name: string; group: string }> {
	const decided = new Set((await allAsCoordinator(url, 'statusDecision')).map(({ pupilId }) => pupilId));
	const all = await allAsCoordinator(url, 'pupil');
	const pupil = all.find(({ id, leftOn }) => !decided.has(id) && leftOn === undefined);
	if (!pupil) throw new Error('the demo school has pupils without a status');
	await signIn(page, 'coordinator');
	await received(page);
	await page.goto('/statuses');
	await expect(page.getByRole('heading', { name: 'Wie waar staat' })).toBeVisible(SOON);
	await page.getByRole('button', { name: 'Andere leerling' }).click();
	const sheet = page.getByRole('dialog', { name: 'Status besluiten' });
	await sheet.getByLabel('Groep').selectOption(pupil.groupId);
	await sheet.getByLabel('Leerling').selectOption(pupil.id);
	const shown = async (id: string) => (await sheet.locator(`option[value="${id}"]`).textContent())?.trim() ?? '';
	const [name, group] = [await shown(pupil.id), await shown(pupil.groupId)];
	await sheet.getByRole('radio', { name: /^A1/ }).check();
	await sheet.getByLabel('Waarom').fill('Afgesproken met het team.');
	await sheet.getByRole('button', { name: 'Besluit bewaren' }).click();
	await expect(sheet).toBeHidden();
	await expect(page.getByRole('region', { name: 'A1', exact: true })).toContainText(`${name} (${group})`);
	return { name, group };
}

/** Plans a round that begins today, unless the calendar has one. @returns its address. */
async function planForToday(page: Page): Promise<string> {
	const today = await page.evaluate(() => new Date().toLocaleDateString('sv-SE'));
	const shown = await page.evaluate(() => new Date().toLocaleDateString('nl-NL', { day: 'numeric', month: 'long' }));
	await page.goto('/rounds');
	await expect(page.getByRole('table', { name: 'De rondes vergeleken' })).toBeVisible(SOON);
	await page.getByLabel('Eerste dag').fill(today);
	const plan = page.getByRole('button', { name: 'Plannen', exact: true });
	if (await plan.isEnabled()) await plan.click();
	const card = page.locator('section').filter({ has: page.getByRole('heading', { name: `Ronde van ${shown}` }) });
	const link = card
		.getByRole('link', { name: 'Voorbereiden' })
		.or(page.getByRole('link', { name: shown, exact: true }));
	await link.first().click();
	await expect(page.getByRole('heading', { level: 1, name: `Ronde van ${shown}` })).toBeVisible();
	return new URL(page.url()).pathname;
}

/** Of every pupil who is addressed without a name: the group, and the first name if nobody else there has it. */
async function addressedInGeneral(url: string) {
	const today = new Date().toISOString().slice(0, 10) as Parameters<typeof standingsOn>[1];
	const standings = standingsOn(await allAsCoordinator(url, 'statusDecision'), today);
	const pupils = await allAsCoordinator(url, 'pupil');
	const groups = new Map((await allAsCoordinator(url, 'group')).map(({ id, name }) => [id, name]));
	return pupils
		.filter(({ id }) => standings.get(id)?.instigator?.status === 'A0')
		.filter(
			({ groupId, firstName }) =>
				pupils.filter((other) => other.groupId === groupId && other.firstName === firstName).length === 1,
		)
		.map(({ groupId, firstName }) => ({ group: groups.get(groupId) ?? '?', firstName }));
}

test('a whole round on the principal’s phone: planned, prepared, walked without a server, told, closed and compared', async ({
	page,
	context,
	server,
	newDevice,
}) => {
	test.slow();
	const decisions = async () => (await allAsCoordinator(server.url, 'statusDecision')).length;
	const before = await decisions();
	const { name, group } = await agreeOnA1(await (await newDevice()).newPage(), server.url);
	await expect.poll(decisions, SOON).toBe(before + 1);

	await signIn(page, 'principal');
	await received(page);
	const round = await planForToday(page);
	const entries = async () =>
		(await allAsCoordinator(server.url, 'roundEntry'))
			.filter(({ roundId }) => round.endsWith(roundId))
			.map(({ what }) => what);
	await page.getByRole('button', { name: new RegExp(`^Zet op voorbereid.*Groep ${group}$`) }).click();
	const session = page.getByRole('textbox', { name: /Verslag/ }).first();
	await session.fill('Meer toezicht bij het klimrek.');
	await page.getByRole('button', { name: 'Toevoegen' }).first().click();
	await expect(page.getByText('Meer toezicht bij het klimrek.')).toBeVisible();
	await expect.poll(async () => JSON.stringify(await entries()), SOON).toContain('Meer toezicht bij het klimrek.');
	await expectAccessible(page);

	await installed(page);
	const inGeneral = await addressedInGeneral(server.url);
	await server.kill();
	await context.setOffline(true);
	await page.goto(`${round}/walk`);
	const chips = page.getByRole('list', { name: 'Groepen van deze ronde' }).getByRole('button');
	await expect(chips.first()).toBeVisible(SOON);
	for (let index = 0; index < (await chips.count()); index++) {
		await chips.nth(index).click();
		await expect(chips.nth(index)).toHaveAttribute('aria-current', 'true');
		const here = /^Groep (.+):/.exec((await chips.nth(index).textContent())?.trim() ?? '')?.[1];
		const named = await page.locator('main strong').allInnerTexts();
		for (const { firstName } of inGeneral.filter((each) => each.group === here)) expect(named).not.toContain(firstName);
	}

	const toGroup = () => chips.and(page.getByRole('button', { name: new RegExp(`^Groep ${group}:`) })).click();
	const talk = page.getByRole('button', { name: new RegExp(`^${name} Kan zelf stoppen`) });
	await toGroup();
	await talk.click();
	await expect(talk).toHaveAttribute('aria-pressed', 'true');
	await expect(page.getByText(/de ouders van/)).toContainText(`${name} (${group})`);
	// A phone that is put away and looked at again, still without a server.
	await page.reload();
	await expect(page.getByText(/de ouders van/)).toContainText(`${name} (${group})`, SOON);
	await toGroup();
	await expect(talk).toHaveAttribute('aria-pressed', 'true');
	await page.getByRole('button', { name: /^In de klas geweest/ }).click();
	await expectAccessible(page);

	await server.restart();
	await context.setOffline(false);
	const kinds = async () => (await entries()).map(({ kind }) => kind);
	await expect.poll(kinds, SOON).toEqual(expect.arrayContaining(['talked', 'visited']));

	await talk.locator('xpath=following-sibling::button').click();
	await expect(page.getByText(/de ouders van/)).toBeHidden();
	await expect.poll(kinds, SOON).toContain('parentsCalled');

	await page.goto(round);
	await page.getByRole('button', { name: 'Ronde afsluiten' }).click(SOON);
	await expect(page.getByText(/^Deze ronde is afgesloten door/)).toBeVisible();
	await page.goto('/rounds');
	const compared = page.getByRole('table', { name: 'De rondes vergeleken' });
	const shown = await page.evaluate(() => new Date().toLocaleDateString('nl-NL', { day: 'numeric', month: 'long' }));
	await expect(compared.getByRole('rowheader', { name: shown })).toBeVisible(SOON);
	expect(await compared.getByRole('row').count()).toBeGreaterThan(2);
	await expect.poll(kinds, SOON).toContain('closed');
});
