import * as z from 'zod/mini';
import { LAST_SLOT } from '#domain/accounts/slots.ts';
import { Session } from '#domain/session.ts';
import { openSealing } from './open-sealing.ts';
import type { SettingsDatabase } from './settings-database.ts';

/** One of the people of a shared phone: who, and under which number their session goes. */
const OnPhone = z.strictObject({ slot: z.int().check(z.gte(1), z.lte(LAST_SLOT)), session: Session });
export type OnPhone = z.infer<typeof OnPhone>;

const People = z.catch(z.array(OnPhone), []);

/**
 * Who shares this phone; it holds names, so it is sealed. `null`: it is a device of one person. When the list cannot be
 * opened any more it is still a shared phone, on which everybody signs in anew.
 */
export async function readPhone(settings: SettingsDatabase): Promise<readonly OnPhone[] | null> {
	const value = await settings.read('phone');
	if (!(value instanceof Uint8Array)) return null;
	const sealing = await openSealing(settings, 'device');
	return sealing.open(value, 'phone').then(
		(text) => People.parse(JSON.parse(text)),
		() => [],
	);
}

/** Two tabs change it one after the other. @returns who shares it now. */
export function changePhone(
	settings: SettingsDatabase,
	next: (people: readonly OnPhone[]) => readonly OnPhone[],
): Promise<readonly OnPhone[]> {
	return navigator.locks.request('pleinwacht-phone', async () => {
		const people = next((await readPhone(settings)) ?? []);
		const sealing = await openSealing(settings, 'device');
		await settings.write('phone', await sealing.seal(JSON.stringify(people), 'phone'));
		return people;
	});
}
