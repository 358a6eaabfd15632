import { isCoordinator } from '#domain/school/roles.ts';
import { ulid } from 'ulid';
import type { FollowUp, FollowUpOutcome } from '#domain/cases/case.ts';
import { idOf, type CaseId, type FollowUpOutcomeId, type PersonId } from '#domain/id.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Session } from '#domain/session.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

/** What a screen says of what was just recorded. */
export interface Recorded {
	readonly id: FollowUpOutcomeId;
	/** In words. */
	readonly text: string;
	/** It did not stop: the case is where to go on. */
	readonly goesOn: boolean;
	readonly caseId: CaseId;
}

/** What is recorded about: a planned look back, or a step's, which exists without a document. */
export type Task = Pick<FollowUp, 'id' | 'caseId' | 'schoolId'>;

type Recorder = Pick<Device, 'save' | 'documents'> & { readonly session: Session | null };

/** Saves what came of a follow-up; it can be undone for a moment. Gives the id of what was saved. */
export async function recordOutcome(
	device: Recorder,
	followUp: Task,
	outcome: FollowUpOutcome['outcome'],
	{ note, now }: { readonly note: string; readonly now: Date },
): Promise<Result<FollowUpOutcomeId, SaveProblem | { readonly kind: 'signedOut' }>> {
	if (!device.session) return { ok: false, error: { kind: 'signedOut' } };
	const document: FollowUpOutcome = {
		type: 'followUpOutcome',
		v: 1,
		id: idOf('followUpOutcome', ulid(now.getTime())),
		schoolId: followUp.schoolId,
		caseId: followUp.caseId,
		followUpId: followUp.id,
		outcome,
		...(note.trim() && { note: note.trim() }),
		recordedBy: device.session.personId,
		recordedAt: now.toISOString() as Instant,
	};
	const saved = await device.save([document], { undoable: true });
	return saved.ok ? ok(document.id) : saved;
}

/**
 * Who can take a follow-up over: those who can read the case, so nobody is handed a task without its story. That is
 * who works on it, and every coordinator.
 */
export function possibleOwners(
	device: Pick<Device, 'documents'>,
	followUp: Task,
	current: PersonId | null,
): PersonId[] {
	const members = device.documents.get('case', followUp.caseId)?.memberIds ?? [];
	return device.documents
		.all('person')
		.filter((each) => members.includes(each.id) || isCoordinator(each))
		.filter((each) => each.id !== current)
		.sort((a, b) => a.name.localeCompare(b.name, 'nl'))
		.map((each) => each.id);
}
