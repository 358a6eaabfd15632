import type { QuarantineReason } from '#domain/quarantine/quarantine.ts';
import type { Repaired } from '#domain/quarantine/repair-observation.ts';
import * as m from '#lib/i18n/generated/messages.js';

/** What could not stay as it came, in words. */
export const repairedFieldName = {
	type: m.quarantine_field_other,
	v: m.quarantine_field_other,
	id: m.quarantine_field_other,
	schoolId: m.quarantine_field_other,
	reporterId: m.quarantine_field_reporterId,
	toldBy: m.quarantine_field_toldBy,
	occurredAt: m.quarantine_field_occurredAt,
	zone: m.quarantine_field_occurredAt,
	precision: m.quarantine_field_occurredAt,
	notedAt: m.quarantine_field_notedAt,
	placeId: m.quarantine_field_placeId,
	outsideSchool: m.quarantine_field_placeId,
	participants: m.quarantine_field_participants,
	victimGroupId: m.quarantine_field_victimGroupId,
	behaviours: m.quarantine_field_behaviours,
	digital: m.quarantine_field_digital,
	basket: m.quarantine_field_basket,
	handling: m.quarantine_field_handling,
	means: m.quarantine_field_means,
	motive: m.quarantine_field_text,
	note: m.quarantine_field_text,
} satisfies Record<Repaired, () => string>;

/** Why it was not taken, said to the coordinator. */
export const reasonText = {
	malformed: m.quarantine_why_malformed,
	tooLarge: m.quarantine_why_tooLarge,
	notKept: m.quarantine_why_other,
	unknownType: m.quarantine_why_unknownType,
	idMismatch: m.quarantine_why_idMismatch,
	foreignSchool: m.quarantine_why_foreignSchool,
	notAllowed: m.quarantine_why_notAllowed,
	unknownReference: m.quarantine_why_unknownReference,
	inFuture: m.quarantine_why_inFuture,
	sequenceReused: m.quarantine_why_sequenceReused,
	unsealable: m.quarantine_why_unsealable,
	other: m.quarantine_why_other,
	conflict: m.quarantine_why_conflict,
} satisfies Record<QuarantineReason, () => string>;
