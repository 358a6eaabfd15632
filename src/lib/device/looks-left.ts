import * as z from 'zod/mini';
import { Look } from '#domain/access/looks.ts';
import { PersonId } from '#domain/id.ts';
import { fetchSession } from './account.ts';
import type { LocalNotes } from './device.ts';
import { sendLooks, waitingOn } from './looks.ts';
import { openSealing } from './open-sealing.ts';
import type { SettingsDatabase } from './settings-database.ts';

const Left = z.catch(z.array(z.strictObject({ personId: PersonId, looks: z.array(Look) })), []);
type Left = z.infer<typeof Left>;

/**
 * Who signs out without a network takes their database along, but not that they looked (D10): what was not told yet is
 * put aside, sealed with the key of the device, until the server can be reached.
 * @returns how to take it back, for who may not sign out yet.
 */
export async function keepLooksLeft(
	settings: SettingsDatabase,
	personId: PersonId,
	notes: Pick<LocalNotes, 'get'>,
): Promise<() => Promise<void>> {
	const looks = await waitingOn({ notes });
	if (looks.length === 0) return async () => undefined;
	const before = await readLeft(settings);
	await writeLeft(settings, [...before, { personId, looks }]);
	return () => writeLeft(settings, before);
}

/** The server notes who looked by who is signed in: each is told only while it is that person, and the rest waits on. */
export async function tellLooksLeft(settings: SettingsDatabase, slot?: number): Promise<void> {
	const left = await readLeft(settings);
	if (left.length === 0) return;
	const session = await fetchSession(slot);
	for (const each of left.filter(({ personId }) => personId === session?.personId)) {
		if (!(await sendLooks(each.looks, slot))) return;
		const others = await readLeft(settings);
		await writeLeft(
			settings,
			others.filter(({ looks }) => looks[0]?.id !== each.looks[0]?.id),
		);
	}
}

async function readLeft(settings: SettingsDatabase): Promise<Left> {
	const value = await settings.read('looksLeft');
	if (!(value instanceof Uint8Array)) return [];
	const sealing = await openSealing(settings, 'device');
	return sealing.open(value, 'looksLeft').then(
		(text) => Left.parse(JSON.parse(text)),
		() => [],
	);
}

async function writeLeft(settings: SettingsDatabase, left: Left): Promise<void> {
	if (left.length === 0) return settings.remove('looksLeft');
	const sealing = await openSealing(settings, 'device');
	await settings.write('looksLeft', await sealing.seal(JSON.stringify(left), 'looksLeft'));
}
