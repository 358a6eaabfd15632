import type { Page } from '@playwright/test';
import type { KnownDevices } from '#domain/accounts/devices.ts';
import { IssuedInvitation } from '#domain/accounts/messages.ts';
import { SignInOptions, type DemoPerson } from '#domain/session.ts';
import { allAsCoordinator } from './at-the-server.ts';
import { logPushing } from './logging.ts';
import { choosePin, enter } from './pin-pad.ts';
import { expect, expectAccessible, installed, signIn, test } from './school-test.ts';
import { expectObservations, SOON } from './soon.ts';

const PINS = { supervisor: '271828', teacher: '161803' } as const;
type Sharer = keyof typeof PINS;

async function personWho(page: Page, role: Sharer): Promise<DemoPerson> {
	const { demoPeople } = SignInOptions.parse(await (await page.request.get('/api/sign-in')).json());
	const person = demoPeople.find((each) => each.role === role);
	if (!person) throw new Error(`the demo has no ${role}`);
	return person;
}

/** Past the PIN. */
async function expectOpen(phone: Page): Promise<void> {
	await expect(phone.getByRole('group', { name: /cijfers|pincode/ })).toHaveCount(0, SOON);
}

/** Loads a page anew, which asks for the PIN of whose turn it is. */
async function openAt(phone: Page, path: string, role: Sharer): Promise<void> {
	await phone.goto(path);
	await enter(phone, 'Vul je pincode in', PINS[role]);
	await expectOpen(phone);
}

/** One tap and a PIN, from the lock screen. */
async function changeTo(phone: Page, { name }: DemoPerson, role: Sharer): Promise<void> {
	await phone.getByRole('navigation', { name: 'Mensen op deze telefoon' }).getByRole('button', { name }).click();
	await expect(phone.locator('button[aria-current="true"]', { hasText: name })).toBeVisible(SOON);
	await enter(phone, 'Vul je pincode in', PINS[role]);
	await expectOpen(phone);
}

/** The code on the coordinator's screen makes it a shared phone, of the supervisor first; the teacher joins. */
async function share(office: Page, phone: Page): Promise<Record<Sharer, DemoPerson>> {
	await signIn(office, 'coordinator');
	const people = { supervisor: await personWho(office, 'supervisor'), teacher: await personWho(office, 'teacher') };
	await office.goto('/devices');
	await office.getByRole('button', { name: 'Koppel een telefoon' }).click();
	await office.getByLabel('Voor wie?').selectOption(people.supervisor.personId);
	await office.getByLabel(/Deze telefoon wordt gedeeld/).check();
	const issuing = office.waitForResponse('**/api/devices/enrol');
	await office.getByRole('button', { name: 'Toon de code' }).click();
	const { code } = IssuedInvitation.parse(await (await issuing).json());

	await phone.goto(`/invitation#${code}`);
	await expect(phone.getByText(/Dit wordt een telefoon die je deelt/)).toBeVisible();
	await phone.getByRole('button', { name: 'Ja, dat ben ik' }).click();
	await choosePin(phone, PINS.supervisor);
	await expectOpen(phone);
	await installed(phone);
	await openAt(phone, '/mine', 'supervisor');
	await phone.getByRole('button', { name: 'Wissel van persoon' }).click();
	await phone.getByRole('button', { name: 'Iemand anders' }).click();
	await expect(phone.getByRole('heading', { name: 'Al op deze telefoon' })).toBeVisible(SOON);
	await phone.getByRole('button', { name: people.teacher.name }).click();
	await choosePin(phone, PINS.teacher);
	await expectOpen(phone);
	return people;
}

async function databasesOf(phone: Page): Promise<(string | undefined)[]> {
	return phone.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
}

test('two people share a phone: without a network it goes from hand to hand, and each tells in their own name', async ({
	page,
	newDevice,
	server,
}) => {
	const before = await allAsCoordinator(server.url, 'observation');
	const context = await newDevice();
	const phone = await context.newPage();
	const { supervisor, teacher } = await share(page, phone);

	await context.setOffline(true);
	await openAt(phone, '/capture', 'teacher');
	await logPushing(phone, '6A');
	await phone.reload();
	await expect(phone.getByRole('group', { name: 'Vul je pincode in' })).toBeVisible();
	await expectAccessible(phone);
	await changeTo(phone, supervisor, 'supervisor');
	// What the other wrote is not hers to see.
	await openAt(phone, '/mine', 'supervisor');
	await expect(phone.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(phone.getByText('duwen')).toHaveCount(0);
	await openAt(phone, '/capture', 'supervisor');
	await logPushing(phone, '6A');

	await context.setOffline(false);
	await expectObservations(server.url, before.length + 2);
	const known = new Set(before.map(({ id }) => id));
	const told = (await allAsCoordinator(server.url, 'observation')).filter(({ id }) => !known.has(id));
	expect(told.map(({ reporterId }) => reporterId).sort()).toEqual([supervisor.personId, teacher.personId].sort());
});

test('a shared phone that is lost is emptied as a whole, locked as it is', async ({ page, newDevice, server }) => {
	const before = await allAsCoordinator(server.url, 'observation');
	const context = await newDevice();
	const phone = await context.newPage();
	await share(page, phone);
	await context.setOffline(true);
	await openAt(phone, '/capture', 'teacher');
	await logPushing(phone, '6A');
	await phone.reload();
	await expect(phone.getByRole('group', { name: 'Vul je pincode in' })).toBeVisible();
	expect(await databasesOf(phone)).toHaveLength(3);

	const { devices } = (await (await page.request.get('/api/devices')).json()) as KnownDevices;
	const [id] = new Set(devices.flatMap(({ phone: shared }) => shared ?? []));
	expect((await page.request.post('/api/devices/revoke-phone', { data: { id } })).ok()).toBe(true);
	await context.setOffline(false);
	await expect(phone.getByText(/Je school heeft dit toestel afgemeld en leeggemaakt/)).toBeVisible(SOON);
	await expectObservations(server.url, before.length + 1);
	await expect.poll(() => databasesOf(phone), SOON).toEqual(['pleinwacht']);
	await expect(phone.getByRole('navigation', { name: 'Mensen op deze telefoon' })).toHaveCount(0, SOON);
});

test('a PIN that is forgotten loses nothing that waits, whoever taps it', async ({ page, newDevice, server }) => {
	const before = await allAsCoordinator(server.url, 'observation');
	const context = await newDevice();
	const phone = await context.newPage();
	await share(page, phone);
	await context.setOffline(true);
	await openAt(phone, '/capture', 'teacher');
	await logPushing(phone, '6A');
	await phone.reload();
	await phone.getByRole('button', { name: 'Pincode vergeten?' }).click();
	await phone.getByRole('button', { name: 'Meld me opnieuw aan' }).click();
	await expect(phone.getByRole('heading', { name: 'Al op deze telefoon' })).toBeVisible(SOON);
	// The page may still be loading anew.
	await expect(async () => expect(await databasesOf(phone)).toHaveLength(3)).toPass(SOON);

	await context.setOffline(false);
	await expectObservations(server.url, before.length + 1);
	// The supervisor's stays.
	await expect(async () => expect(await databasesOf(phone)).toHaveLength(2)).toPass(SOON);
});
