import type { Page } from '@playwright/test';
import type { DomainDocument } from '../../src/lib/domain/document.ts';
import type { Observation } from '../../src/lib/domain/observation/observation.ts';
import { anId, anObservation, aRoster } from '../factories/school.ts';

/** Reports of about 40 schools in a year (domain figures). */
export const OBSERVATIONS = 15_369;

/** An observation with a note, as JSON. */
const BYTES_EACH = 1_000;

/** Of the test roster: who may see everything, and who logs. */
export const COORDINATOR = anId('person', 3);
export const SUPERVISOR = anId('person', 1);

export function largeSchool(): DomainDocument[] {
	return [...aRoster(), ...Array.from({ length: OBSERVATIONS }, (_, n) => sized(n + 1))];
}

/** The n-th observation, with a note that brings it to the size. */
export function sized(n: number): Observation {
	const bare = anObservation(n, { note: '' });
	const left = BYTES_EACH - JSON.stringify(bare).length;
	const words = `They stood by the fence and it went on for a while, number ${n}. `;
	return {
		...bare,
		note: words
			.repeat(Math.ceil(left / words.length))
			.slice(0, left)
			.trim(),
	};
}

/** From the page itself, so that the cookie is the browser's. */
export function signInAs(page: Page, personId: string): Promise<void> {
	return page.evaluate(async (demoPersonId) => {
		const signedIn = await fetch('/api/sign-in', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ demoPersonId }),
		});
		if (!signedIn.ok) throw new Error(`signing in: ${signedIn.status}`);
	}, personId);
}

/** Runs once in a page and puts its device away. */
export async function measure(page: Page, run: (page: Page) => Promise<number>): Promise<number> {
	try {
		return await run(page);
	} finally {
		await page.context().close();
	}
}
