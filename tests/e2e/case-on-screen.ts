import { expect, type Locator, type Page } from '@playwright/test';

interface Taking {
	readonly outcome?: string;
	readonly note?: string;
	/** Once with each child. */
	readonly times?: number;
	/** What everybody who is asked agrees to first. */
	readonly agreed?: true;
	/** How many children are picked, in the question of this name. */
	readonly picks?: readonly [question: string, count: number];
}

/** A case by one of the protocols, worked in through the words on the screen. */
export class CaseOnScreen {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** From the list of cases: one child who suffers from it, one who goes too far, both of the first group that is offered. */
	static async begin(page: Page, protocol: string): Promise<CaseOnScreen> {
		await page
			.getByRole('link', { name: /Aanpak|Terug naar alle aanpakken/ })
			.first()
			.click();
		await page.getByRole('link', { name: 'Nieuwe aanpak' }).first().click();
		const victims = page.getByRole('group', { name: 'Wie heeft er last van?' });
		await pick(victims, 0);
		const instigators = page.getByRole('group', { name: 'Wie gaat te ver?' });
		await instigators.getByRole('button', { name: 'Kies een leerling' }).click();
		await pick(instigators, 1);
		if (protocol !== "De vijf B's") {
			await page.getByText("De vijf B's", { exact: true }).first().click();
			await page.getByRole('radio', { name: new RegExp(`^${protocol}`) }).check();
		}
		await page.getByRole('button', { name: 'Begin de aanpak' }).click();
		await page.waitForURL(/\/cases\/cas_/);
		return new CaseOnScreen(page);
	}

	get path(): string {
		return new URL(this.page.url()).pathname;
	}

	/** The titles under "Nu te doen", "Kan ook", "Later" or "Gedaan". */
	titles(part: string): Locator {
		const heading = this.page.getByRole('heading', { level: 2, name: part, exact: true });
		return this.page.locator('section').filter({ has: heading }).locator('summary strong');
	}

	async expectToDo(...steps: string[]): Promise<void> {
		await expect(this.titles('Nu te doen')).toHaveText(steps);
	}

	/** Opens a step and records it, once with each child; done when the story tells of it. */
	async take(step: string, { outcome, note, times = 1, agreed, picks }: Taking = {}): Promise<void> {
		const item = this.step(step);
		const told = this.told(`legde vast: ${step}`);
		const before = await told.count();
		for (let time = 1; time <= times; time++) {
			if ((await item.getAttribute('open')) === null) await item.locator('summary').first().click();
			if (agreed) {
				await item.getByRole('button', { name: 'Ja', exact: true }).click();
				await expect(item.getByRole('button', { name: 'Ingetrokken' })).toBeVisible();
			}
			if (note) await item.getByLabel('In twee zinnen (mag leeg)').fill(note);
			if (outcome) await item.getByRole('radio', { name: outcome }).check();
			if (picks) {
				const children = item.getByRole('group', { name: picks[0] }).getByRole('checkbox');
				for (let child = 0; child < picks[1]; child++) await children.nth(child).check();
			}
			await item.getByRole('button', { name: 'Bewaar' }).click();
			await expect(told).toHaveCount(before + time);
		}
	}

	step(title: string): Locator {
		const exact = new RegExp(`^${title.replaceAll(/[?()]/g, String.raw`\$&`)}$`);
		return this.page
			.locator('details')
			.filter({ has: this.page.locator('xpath=./summary//strong', { hasText: exact }) });
	}

	/** Lines of the story with these words. */
	told(words: string): Locator {
		return this.page.locator('aside ol li').filter({ hasText: words });
	}

	async expectClosed(): Promise<void> {
		await expect(this.page.getByText(/^Deze aanpak is afgesloten op/)).toBeVisible();
		await expect(this.page.getByRole('heading', { level: 2, name: 'Nu te doen' })).toHaveCount(0);
	}
}

/** The nth child (from 0) of the first group that is offered. */
async function pick(part: Locator, nth: number): Promise<void> {
	await part.getByLabel('Of kies een groep').selectOption({ index: 1 });
	const choice = part.getByRole('group', { name: 'Kies een leerling' });
	await choice.getByRole('listitem').nth(nth).getByRole('button').click();
	await expect(choice).toBeHidden();
}
