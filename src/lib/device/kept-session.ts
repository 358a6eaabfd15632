import { Session } from '#domain/session.ts';
import { openSealing } from './open-sealing.ts';
import type { SettingsDatabase } from './settings-database.ts';

/** Who is signed in on this device; it holds a name, so it is sealed. */
export async function readSession(settings: SettingsDatabase): Promise<Session | null> {
	const value = await settings.read('session');
	if (!(value instanceof Uint8Array)) {
		// An older app kept it as it is. With no room to seal it now, the next visit does.
		const plain = parsed(value);
		if (plain) await keepSession(settings, plain).catch(() => undefined);
		return plain;
	}
	const sealing = await openSealing(settings, 'device');
	// Without its key nobody is signed in here any more: the person signs in and finds everything again.
	return sealing.open(value, 'session').then(
		(text) => parsed(JSON.parse(text)),
		() => null,
	);
}

export async function keepSession(settings: SettingsDatabase, session: Session): Promise<void> {
	const sealing = await openSealing(settings, 'device');
	await settings.write('session', await sealing.seal(JSON.stringify(session), 'session'));
}

function parsed(value: unknown): Session | null {
	const session = Session.safeParse(value);
	return session.success ? session.data : null;
}
