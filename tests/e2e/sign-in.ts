import type { Page } from '@playwright/test';
import type { Role } from '#domain/school/roster.ts';
import { SignInOptions } from '#domain/session.ts';

/** One tap on the first demo person with this role; ready when the person's own first page is there. */
export async function signIn(page: Page, role: Role): Promise<void> {
	const { demoPeople } = SignInOptions.parse(await (await page.request.get('/api/sign-in')).json());
	const person = demoPeople.find((each) => each.role === role);
	if (!person) throw new Error(`the demo has no ${role}`);
	await page.goto('/sign-in');
	await page.getByRole('button', { name: person.name }).click();
	await page.waitForURL((url) => !['/sign-in', '/'].includes(url.pathname));
}
