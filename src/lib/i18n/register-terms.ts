import type { RegisterBetween, RegisterType } from '#domain/incident/register.ts';
import * as m from './generated/messages.js';

/** The words of the register for the inspectorate (DUK-01): apart, for a phone that logs needs none of them. */
export const registerTypeName = {
	bullying: m.register_type_bullying,
	physicalAggression: m.register_type_physicalAggression,
	verbalAggression: m.register_type_verbalAggression,
	digitalAggression: m.register_type_digitalAggression,
	violence: m.register_type_violence,
	fight: m.register_type_fight,
	accident: m.register_type_accident,
	blackmail: m.register_type_blackmail,
	threat: m.register_type_threat,
	sexualIntimidation: m.register_type_sexualIntimidation,
	discrimination: m.register_type_discrimination,
	racism: m.register_type_racism,
	vandalism: m.register_type_vandalism,
	damageOrTheft: m.register_type_damageOrTheft,
	online: m.register_type_online,
} satisfies Record<RegisterType, () => string>;

export const registerBetweenName = {
	pupils: m.register_between_pupils,
	pupilAndStaff: m.register_between_pupilAndStaff,
	staff: m.register_between_staff,
	parentAndStaff: m.register_between_parentAndStaff,
} satisfies Record<RegisterBetween | 'pupils', () => string>;
