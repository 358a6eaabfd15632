import { IssuedInvitation } from '#domain/accounts/messages.ts';
import { allAsCoordinator } from './at-the-server.ts';
import { logPushing } from './logging.ts';
import { expect, expectAccessible, signIn, test } from './school-test.ts';

test('a lost phone is emptied from afar: what was written on it comes in first, and then nothing is left', async ({
	page,
	newDevice,
	server,
}) => {
	const before = await allAsCoordinator(server.url, 'observation');
	const phone = await (await newDevice()).newPage();
	await signIn(phone, 'supervisor');
	await phone.route('**/sync/**', (route) => route.abort());
	await logPushing(phone, '6A');

	await page.setViewportSize({ width: 1440, height: 900 });
	await signIn(page, 'coordinator');
	await page.goto('/settings');
	await page.getByRole('link', { name: 'Bekijk de toestellen' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Toestellen' })).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('button', { name: /^Kwijt\?.*Sanne/ }).click();
	await expect(page.getByText(/^Namen en groepen van leerlingen: \d+/)).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Maak leeg' }).click();
	await page.getByRole('button', { name: 'Ja, maak leeg' }).click();
	await expect(page.getByText(/Sindsdien niet gezien/)).toBeVisible();

	await phone.unroute('**/sync/**');
	await phone.reload();
	await expect(phone.getByText(/Je school heeft dit toestel afgemeld en leeggemaakt/)).toBeVisible();
	await expectAccessible(phone);
	expect(await allAsCoordinator(server.url, 'observation')).toHaveLength(before.length + 1);
	expect(await phone.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([
		'pleinwacht',
	]);
	await expect(async () => {
		await page.reload();
		await expect(page.getByText(/^Leeggemaakt: vandaag/)).toBeVisible({ timeout: 2_000 });
	}).toPass();
});

test('a phone is let in by the code on the coordinator’s screen, once', async ({ page, newDevice }) => {
	await signIn(page, 'coordinator');
	await page.goto('/devices');
	await page.getByRole('button', { name: 'Koppel een telefoon' }).click();
	const sanne = page.getByRole('option', { name: /Sanne/ });
	await page.getByLabel('Voor wie?').selectOption((await sanne.getAttribute('value')) ?? '');
	const issuing = page.waitForResponse('**/api/devices/enrol');
	await page.getByRole('button', { name: 'Toon de code' }).click();
	const { code } = IssuedInvitation.parse(await (await issuing).json());
	await expect(page.getByRole('img', { name: /QR-code die Sanne/ })).toBeVisible();
	await expectAccessible(page);

	const phone = await (await newDevice()).newPage();
	await phone.goto(`/invitation#${code}`);
	await expectAccessible(phone);
	await phone.getByRole('button', { name: 'Ja, dat ben ik' }).click();
	await expect(phone).toHaveURL(/\/capture$/);

	const another = await (await newDevice()).newPage();
	await another.goto(`/invitation#${code}`);
	await expect(another.getByText('Deze link is al gebruikt of te oud')).toBeVisible();
});
