import * as m from '#lib/i18n/generated/messages.js';
import type { HeldKind } from './devices-view.ts';

/** What can be on a device, with how much of it. */
export const heldText = {
	pupil: m.devices_held_pupil,
	observation: m.devices_held_observation,
	case: m.devices_held_case,
	signal: m.devices_held_signal,
	status: m.devices_held_status,
	person: m.devices_held_person,
	other: m.devices_held_other,
} satisfies Record<HeldKind, (inputs: { count: number }) => string>;
