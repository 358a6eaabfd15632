import * as z from 'zod/mini';
import { DeviceId, PersonId } from '#domain/id.ts';

const Moment = z.int().check(z.gte(0));

/** What an app may be called by; the server keeps no more of it. */
const AppVersion = z.string().check(z.regex(/^[\w.+-]{1,60}$/));

/** `POST /api/device`: what a device tells of itself, at a visit and when it changed. */
export const DeviceContact = z.strictObject({
	deviceId: DeviceId,
	appVersion: AppVersion,
	/** Saved there and not arrived, what was not accepted included. */
	unsent: z.int().check(z.gte(0), z.lte(1_000_000)),
	/** Whether the browser promised to keep the data; `null`: not asked yet. */
	persistent: z.nullable(z.boolean()),
});
export type DeviceContact = z.infer<typeof DeviceContact>;

/** Where somebody is, or was, signed in. Times in milliseconds since 1970, by the server's clock. */
export const KnownDevice = z.strictObject({
	id: z.string(),
	personId: PersonId,
	/** Which browser on what; empty when it does not say. */
	label: z.string(),
	startedAt: Moment,
	seenAt: Moment,
	isThis: z.boolean(),
	/** The shared phone it is on: the same for everybody on it. */
	phone: z.optional(z.string()),
	/** What it told last; `null`: nothing yet. */
	told: z.nullable(z.omit(DeviceContact, { deviceId: true })),
	/** The school asked it to forget what it holds. */
	revoked: z.nullable(
		z.strictObject({
			at: Moment,
			/** `null`: who hosts the server. */
			by: z.nullable(PersonId),
			/** When it was told; `null`: it was not heard of since. */
			heardAt: z.nullable(Moment),
			/** When it said that it had; `null`: not yet. */
			forgottenAt: z.nullable(Moment),
		}),
	),
});
export type KnownDevice = z.infer<typeof KnownDevice>;

export const KnownDevices = z.strictObject({ devices: z.array(KnownDevice) });
export type KnownDevices = z.infer<typeof KnownDevices>;

/**
 * What a device of this person may hold today at most, as far as who asks may read it too: how many documents of each
 * kind. For the report of a loss.
 */
export const HeldOnDevice = z.strictObject({
	held: z.array(z.strictObject({ type: z.string(), count: z.int() })),
});
export type HeldOnDevice = z.infer<typeof HeldOnDevice>;

/** How it stands with a device: asked to forget, told to, done; or in use. */
export type DeviceState = 'inUse' | 'asked' | 'heard' | 'forgotten';

export function stateOfDevice({ revoked }: Pick<KnownDevice, 'revoked'>): DeviceState {
	if (!revoked) return 'inUse';
	if (revoked.forgottenAt !== null) return 'forgotten';
	return revoked.heardAt === null ? 'asked' : 'heard';
}
