import type { DocumentType } from '#domain/document.ts';
import type { Delivery, Loss, SyncProblem } from '#lib/device/device.ts';
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
	unsealable: m.refusal_idMismatch,
	notKept: m.refusal_notKept,
	other: m.refusal_other,
	conflict: m.refusal_conflict,
} satisfies Record<NotAccepted, () => string>;

export const syncProblemText = {
	unreachable: m.sync_unreachable,
	signedOut: m.sync_signedOut,
	mustForget: m.sync_mustForget,
	updateNeeded: m.sync_updateNeeded,
	serverFault: m.sync_serverFault,
} satisfies Record<SyncProblem, () => string>;

/** What a person makes that is no observation; the rest comes from elsewhere. */
const documentNames: Partial<Record<DocumentType, () => string>> = {
	withdrawal: m.document_withdrawal,
	processing: m.document_processing,
	case: m.document_case,
	caseEntry: m.document_caseEntry,
	followUp: m.document_followUp,
	followUpOutcome: m.document_followUpOutcome,
	caseVerdict: m.document_caseVerdict,
};

export function documentName(type: DocumentType): string {
	return (documentNames[type] ?? m.document_other)();
}

export function lossText({ unsent }: Loss): string {
	return unsent > 0 ? m.loss_unsent({ count: unsent }) : m.loss_nothing();
}
