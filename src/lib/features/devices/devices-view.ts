import { stateOfDevice, type HeldOnDevice, type KnownDevice } from '#domain/accounts/devices.ts';
import type { PersonId } from '#domain/id.ts';

export interface PersonWithDevices {
	readonly personId: PersonId;
	readonly name: string;
	/** The one seen last first. */
	readonly devices: readonly KnownDevice[];
}

/** Asked to forget, and it has not said that it did. */
export function isWaiting(device: KnownDevice): boolean {
	return ['asked', 'heard'].includes(stateOfDevice(device));
}

/** By person: first whose device still has to be emptied, then by name. */
export function devicesByPerson(
	devices: readonly KnownDevice[],
	nameOf: (id: PersonId) => string,
): readonly PersonWithDevices[] {
	const waits = (owned: readonly KnownDevice[]) => (owned.some(isWaiting) ? 0 : 1);
	return [...Map.groupBy(devices, ({ personId }) => personId)]
		.map(([personId, owned]) => ({
			personId,
			name: nameOf(personId),
			devices: owned.toSorted((a, b) => b.seenAt - a.seenAt),
		}))
		.sort((a, b) => waits(a.devices) - waits(b.devices) || a.name.localeCompare(b.name, 'nl'));
}

export interface PhoneWithPeople {
	readonly id: string;
	/** Which browser on what; empty when it does not say. */
	readonly label: string;
	/** One for each who is signed in on it, by name. */
	readonly devices: readonly KnownDevice[];
}

/** The phones that several people share; apart from them, `devicesByPerson` has the rest. */
export function sharedPhones(
	devices: readonly KnownDevice[],
	nameOf: (id: PersonId) => string,
): readonly PhoneWithPeople[] {
	const shared = Map.groupBy(devices, ({ phone }) => phone ?? null);
	shared.delete(null);
	return [...shared].map(([id, on]) => ({
		id: id ?? '',
		label: on[0]?.label ?? '',
		devices: on.toSorted((a, b) => nameOf(a.personId).localeCompare(nameOf(b.personId), 'nl')),
	}));
}

/** What a coordinator has to tell of a loss; the rest is groups, places, the calendar. */
const TOLD_APART = {
	pupil: ['pupil'],
	observation: ['observation'],
	case: ['case'],
	signal: ['signal'],
	status: ['statusDecision', 'roundEntry'],
	person: ['person'],
} as const;

export type HeldKind = keyof typeof TOLD_APART | 'other';

/** What can be on a device, in the order of what it means to children. What is not there is left out. */
export function heldKinds({ held }: HeldOnDevice): readonly { readonly kind: HeldKind; readonly count: number }[] {
	const countOf = (types: readonly string[]) =>
		held.filter(({ type }) => types.includes(type)).reduce((sum, { count }) => sum + count, 0);
	const named: readonly string[] = Object.values(TOLD_APART).flat();
	const kinds = Object.keys(TOLD_APART) as (keyof typeof TOLD_APART)[];
	return [
		...kinds.map((kind) => ({ kind, count: countOf(TOLD_APART[kind]) })),
		{
			kind: 'other' as const,
			count: held.filter(({ type }) => !named.includes(type)).reduce((sum, { count }) => sum + count, 0),
		},
	].filter(({ count }) => count > 0);
}
