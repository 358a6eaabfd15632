import type { Delivery, SyncProblem } from '#lib/device/device.ts';
import * as m from './generated/messages.js';

type NotAccepted = Extract<Delivery, { kind: 'notAccepted' }>['reason'];

export const refusalText = {
	malformed: m.refusal_malformed,
	tooLarge: m.refusal_tooLarge,
	unknownType: m.refusal_unknownType,
	idMismatch: m.refusal_idMismatch,
	foreignSchool: m.refusal_foreignSchool,
	notAllowed: m.refusal_notAllowed,
	unknownReference: m.refusal_unknownReference,
	inFuture: m.refusal_inFuture,
	sequenceReused: m.refusal_sequenceReused,
	other: m.refusal_other,
	conflict: m.refusal_conflict,
} satisfies Record<NotAccepted, () => string>;

export const syncProblemText = {
	unreachable: m.sync_unreachable,
	signedOut: m.sync_signedOut,
	updateNeeded: m.sync_updateNeeded,
	serverFault: m.sync_serverFault,
} satisfies Record<SyncProblem, () => string>;
