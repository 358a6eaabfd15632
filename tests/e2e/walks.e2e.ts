import type { Browser, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { Role } from '#domain/school/roster.ts';
import { allAsCoordinator } from './at-the-server.ts';
import { CaseOnScreen } from './case-on-screen.ts';
import { startServer, TEMPLATE_VARIABLE, type TestServer } from './server.ts';
import { signIn } from './sign-in.ts';
import { SOON } from './soon.ts';

/**
 * Every protocol that comes with Pleinwacht, from its first step until it closes, in the words of the screen. One school
 * and two devices for all of them: each test begins a case of its own. Where a protocol has several ways on, the walk takes
 * the longest; all branches are in `shipped-protocols.test.ts`.
 */
test.describe.configure({ mode: 'default' });

const PHONE = { width: 390, height: 844 };
const LAPTOP = { width: 1440, height: 900 };

let server: TestServer;
let teacher: Page;
let coordinator: Page;

test.beforeAll(async ({ browser }) => {
	const template = process.env[TEMPLATE_VARIABLE];
	server = await startServer(template ? { template } : {});
	teacher = await deviceOf(browser, 'teacher', PHONE);
	coordinator = await deviceOf(browser, 'coordinator', LAPTOP);
});
test.afterAll(async () => {
	await teacher?.context().close();
	await coordinator?.context().close();
	await server?.dispose();
});

async function deviceOf(browser: Browser, role: Role, viewport: typeof PHONE): Promise<Page> {
	const context = await browser.newContext({ baseURL: server.url, viewport });
	const page = await context.newPage();
	await signIn(page, role);
	await page.goto('/cases');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	return page;
}

test("De vijf B's on two devices: one closes without a network while the other goes on, and the later word stands", async () => {
	const { path } = await CaseOnScreen.begin(teacher, "De vijf B's");
	const write = async (page: Page, step: string, text: string) => {
		await page.getByRole('button', { name: step, exact: true }).click();
		await page.getByLabel('Schrijf op wat belangrijk is').fill(text);
		await page.getByRole('button', { name: 'Schrijf erbij' }).click();
		await expect(page.getByText(text).first()).toBeVisible();
	};
	const judge = async (page: Page, text: string, word: string) => {
		await page.getByRole('button', { name: 'Beoordelen', exact: true }).click();
		await page.getByLabel('Waaraan zie je dat, en wat hielp?').fill(text);
		await page.getByRole('button', { name: word }).click();
	};
	await write(teacher, 'Bekijken', 'Staat elke pauze alleen.');
	await write(teacher, 'Begrijpen', 'De groep lacht mee.');
	await teacher.getByRole('button', { name: 'Beslissen', exact: true }).click();
	await teacher.getByRole('button', { name: 'Ja', exact: true }).click();
	await expect(teacher.getByRole('button', { name: 'Ingetrokken' })).toBeVisible();
	await teacher.getByRole('button', { name: 'Leg de momenten vast' }).click();
	await expect(teacher.getByRole('heading', { name: 'Momenten om op te volgen' })).toBeVisible();

	await coordinator.goto(path);
	await expect(coordinator.getByText('De groep lacht mee.').first()).toBeVisible();
	await teacher.context().setOffline(true);
	await write(teacher, 'Bijsturen', 'Twee kinderen vragen mee te doen.');
	await judge(teacher, 'Speelt weer mee.', 'Ja, het is gestopt');
	await expect(teacher.getByText(/^Gestopt op/)).toBeVisible();
	await judge(coordinator, 'Na school gaat het door.', 'Nee, begin ronde 2');
	await expect(coordinator.getByText(/^Ronde 2/)).toBeVisible();

	await teacher.context().setOffline(false);
	for (const page of [teacher, coordinator]) {
		await expect(page.getByText(/^Ronde 2/)).toBeVisible();
		await expect(page.getByText('Speelt weer mee.')).toBeVisible();
		await expect(page.getByText('Na school gaat het door.')).toBeVisible();
		await expect(page.getByText('Twee kinderen vragen mee te doen.')).toBeVisible();
	}
	await judge(teacher, 'Ook na school is het rustig.', 'Ja, het is gestopt');
	await expect(coordinator.getByText(/^Gestopt op/)).toBeVisible();
});

test('Zes stappen on two devices, one without a network for a while, until a removal is weighed and the pupil stays', async () => {
	const walk = await CaseOnScreen.begin(teacher, 'Zes stappen');
	await walk.expectToDo('Informatie verzamelen', 'Gesprek met het slachtoffer');
	await coordinator.goto(walk.path);
	const desk = new CaseOnScreen(coordinator);
	await desk.expectToDo('Informatie verzamelen', 'Gesprek met het slachtoffer');
	await teacher.context().setOffline(true);
	await walk.take('Gesprek met het slachtoffer', { note: 'Durft de gang niet meer in.' });
	await walk.take('Gesprek met wie het deed');
	await walk.expectToDo('Informatie verzamelen');
	await desk.take('Informatie verzamelen', { note: 'Gebeurt in de gang, na gym.' });
	await desk.expectToDo('Gesprek met het slachtoffer');
	await teacher.context().setOffline(false);
	for (const each of [walk, desk]) {
		await each.expectToDo('Afspraken op papier');
		await expect(each.told('Durft de gang niet meer in.')).toHaveCount(1);
		await expect(each.told('Gebeurt in de gang, na gym.')).toHaveCount(1);
	}
	await walk.take('Herstelgesprek', { agreed: true });
	await walk.take('Afspraken op papier');
	await walk.take('Afdelingshoofd inlichten');
	await walk.take('Ouders van het slachtoffer inlichten');
	await walk.take('Ouders van wie het deed inlichten');
	await walk.expectToDo('Na twee weken kijken');
	await walk.take('Na twee weken kijken', { outcome: 'Het is niet gestopt' });
	await walk.take('Tweede gesprek, met ouders');
	await walk.take('Na weer twee weken kijken', { outcome: 'Het is niet gestopt' });
	await walk.take('Schorsing, met hulp', { outcome: 'Geschorst, met hulp' });
	await walk.take('Na de schorsing kijken', { outcome: 'Het is niet gestopt' });
	await walk.take('Van school verwijderen?', { outcome: 'De leerling blijft: opnieuw in gesprek' });
	await walk.expectToDo('Tweede gesprek, met ouders');
	await walk.take('Tweede gesprek, met ouders');
	await walk.take('Na weer twee weken kijken', { outcome: 'Het is gestopt' });
	await walk.expectClosed();
});

test('A non-contract: two answers are enough, signed on paper, read by who works along, and looked at on its day', async () => {
	const { path } = await CaseOnScreen.begin(teacher, 'Zes stappen');
	await teacher.getByRole('link', { name: 'Non-contract maken' }).click();
	await teacher.getByRole('button', { name: 'Bewaar en ga naar het papier' }).click();
	await expect(teacher.getByRole('alert')).toContainText('Vul in waarmee het kind stopt');
	await teacher.getByLabel('Hiermee wil ik stoppen').fill('Schelden in de rij');
	await teacher.getByLabel('Dit ga ik voortaan doen').fill('Weglopen en tot tien tellen');
	await teacher.getByRole('button', { name: 'Bewaar en ga naar het papier' }).click();
	await expect(teacher.getByText('Weglopen en tot tien tellen')).toBeVisible();
	await teacher.getByRole('checkbox', { name: 'Ouder' }).click();
	await expect(teacher.getByRole('checkbox', { name: /^Ouder · / })).toBeChecked();

	await expect
		.poll(async () => {
			const contracts = await allAsCoordinator(server.url, 'nonContract');
			return contracts.filter(({ caseId }) => path.endsWith(caseId)).map(({ signed }) => signed.length);
		}, SOON)
		.toEqual([1]);
	await coordinator.goto(path);
	await expect(coordinator.getByText(/Ondertekend: Ouder/)).toBeVisible(SOON);
	await coordinator.getByRole('link', { name: /^Non-contract van/ }).click();
	await expect(coordinator.getByText('Schelden in de rij')).toBeVisible();
	await expect
		.poll(async () => {
			const evaluations = (await allAsCoordinator(server.url, 'followUp')).filter(
				({ caseId, nonContractId }) => path.endsWith(caseId) && nonContractId !== undefined,
			);
			const reminders = await allAsCoordinator(server.url, 'reminder');
			return evaluations.map(({ id }) => reminders.filter(({ followUpId }) => followUpId === id).length);
		}, SOON)
		.toEqual([1]);
});

test('Tien stappen, with a support group that was not enough, and once more from step 5', async () => {
	const walk = await CaseOnScreen.begin(teacher, 'Tien stappen');
	await walk.take('Gesprek met het slachtoffer');
	await walk.take('Kiezen hoe het verder gaat', { outcome: 'Het gebeurt vaker' });
	await walk.expectToDo('Intern begeleider inlichten', 'Steungroep');
	await walk.take('Intern begeleider inlichten');
	await walk.take('Steungroep', { outcome: 'Het was niet genoeg' });
	await walk.take('Plan van aanpak');
	for (const outcome of ['Het begon weer: opnieuw vanaf stap 5', 'Het is gestopt']) {
		await walk.take('Wie begeleidt wie');
		await walk.take('Gesprek met wie het deed');
		await walk.take('Gesprek met de ouders van wie het deed');
		await walk.take('Gesprek met het slachtoffer en de ouders');
		await walk.take('Nadenken en goedmaken');
		await walk.take('Bespreken in de groep');
		await walk.take('Terug in de groep');
		await walk.take('Afrondend gesprek', { outcome });
	}
	await walk.expectClosed();
});

test('Steungroep, with five helpers who each are asked, a round more, and consent first', async () => {
	const walk = await CaseOnScreen.begin(teacher, 'Steungroep');
	await walk.take('Voorbereiden', { outcome: 'Ieder alleen' });
	await walk.take('Gesprek met het slachtoffer');
	await walk.expectToDo('De steungroep kiezen');
	await walk.take('De steungroep kiezen', { agreed: true, picks: ['Wie zitten in de steungroep?', 5] });
	for (const outcome of ['Nog niet: nog een ronde', 'Het is gestopt']) {
		await walk.take('Bijeenkomst met de steungroep');
		await walk.take('Terugkijken met het slachtoffer');
		await walk.take('Terugkijken met elke helper', { times: 5 });
		await walk.take('Is het genoeg?', { outcome });
	}
	await walk.expectClosed();
});

test('Verbindend gezag, an action that comes back, and enough after a second round', async () => {
	const walk = await CaseOnScreen.begin(teacher, 'Verbindend gezag');
	await walk.take('Bladwijzer');
	await walk.take('Terugkomen op de bladwijzer');
	await walk.take('Sit-in', { note: 'Twintig minuten, met de ouders erbij.' });
	await walk.take('Terugkomen op de sit-in');
	await walk.take('Is het genoeg?', { outcome: 'We gaan door' });
	await walk.take('Dagstart');
	await walk.take('Is het genoeg?', { outcome: 'Het is gestopt' });
	await walk.expectClosed();
});

test('Thuis-school: before, during, return and after', async () => {
	const walk = await CaseOnScreen.begin(teacher, 'Thuis-school');
	await walk.expectToDo('Vooraf: duidelijk en verbonden', 'Gesprek met de ouders, vooraf');
	await walk.take('Gesprek met de ouders, vooraf');
	await walk.take('Vooraf: duidelijk en verbonden');
	await walk.take('Contact van vandaag');
	await walk.take('Tijdens: de terugkeer voorbereiden');
	await walk.take('Herstelgesprek');
	await walk.take('Oplossingsverzoek');
	await walk.take('Terug: warm ontvangen');
	await walk.take('Nazorg na een week', { times: 2 });
	await walk.take('Nazorg na een maand', { outcome: 'Het is gestopt' });
	await walk.expectClosed();
});

test('Meldcode, reported in the end, and read by nobody who does not work on it', async () => {
	const walk = await CaseOnScreen.begin(coordinator, 'Meldcode');
	await walk.take('Signalen op een rij');
	await walk.take('Overleggen');
	await walk.take('Praten met ouders en kind');
	await walk.take('Wegen', { outcome: 'Er is zorg' });
	await walk.take('Beslissen', { outcome: 'Melden bij Veilig Thuis' });
	await walk.take('Melden bij Veilig Thuis');
	const [, caseId] = /\/cases\/(.+)/.exec(walk.path) ?? [];
	// It has arrived: the coordinator who works on it reads it on a new device.
	const atTheServer = async () =>
		(await allAsCoordinator(server.url, 'stepRecord')).map((each) => each.caseId as string);
	await expect.poll(async () => (await atTheServer()).filter((id) => id === caseId).length).toBe(6);
	await teacher.goto(walk.path);
	await expect(teacher.getByRole('heading', { level: 1, name: 'Deze aanpak is er niet' })).toBeAttached();
	await teacher.goto('/cases');
	await walk.take('Blijven volgen', { outcome: 'Het kind is veilig' });
	await walk.expectClosed();
});

test('Gesprekken bij de klassenronde, from A1 to A2 to stopped', async () => {
	const walk = await CaseOnScreen.begin(coordinator, 'Gesprekken bij de klassenronde');
	await walk.take('Voorbereiden met het team', { outcome: 'A1: stopt op eigen kracht' });
	await walk.take('Gesprek met de leerling (A1)');
	await walk.take('Ouders bellen, vandaag');
	await walk.take('Volgende ronde: is het gestopt?', { outcome: 'Het is niet gestopt' });
	await walk.take('Voorbereiden met het team', { outcome: 'A2: stopt met hulp' });
	await walk.take('Gesprek met de leerling (A2)');
	await walk.take('Ouders uitnodigen, vandaag');
	await walk.take('Gesprek met de ouders');
	await walk.take('Volgende ronde: is het gestopt?', { outcome: 'Het is gestopt' });
	await walk.expectClosed();
});
