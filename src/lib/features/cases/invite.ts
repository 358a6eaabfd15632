import { ulid } from 'ulid';
import type { Case } from '#domain/cases/case.ts';
import type { StepInvitation } from '#domain/cases/step-invitation.ts';
import type { StepRecord } from '#domain/cases/step-record.ts';
import { idOf } from '#domain/id.ts';
import { refuse, type Result } from '#domain/result.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

type Desk = Pick<Device, 'save' | 'session'>;
type Problem = SaveProblem | { readonly kind: 'signedOut' };

/** Asks somebody who does not work on the case for one step of it (D7). */
export async function inviteToStep(
	device: Desk,
	subject: Case,
	asked: Pick<StepInvitation, 'turn' | 'step' | 'personId' | 'pupilIds' | 'text' | 'until'>,
	now: Date,
): Promise<Result<void, Problem>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const invitation: StepInvitation = {
		...{ type: 'stepInvitation', v: 1, id: idOf('stepInvitation', ulid(now.getTime())), schoolId: subject.schoolId },
		...{ caseId: subject.id, protocol: subject.protocol },
		...asked,
		text: asked.text.trim(),
		...{ invitedBy: session.personId, invitedAt: now.toISOString() as Instant },
	};
	return device.save([invitation]);
}

/** What came of it, by who was asked. It decides nothing: that is for who works on the case. */
export async function answerInvitation(
	device: Desk,
	invitation: StepInvitation,
	{ note, on }: { readonly note: string; readonly on: LocalDate },
	now: Date,
): Promise<Result<void, Problem>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const [pupilId, ...others] = invitation.pupilIds;
	const record: StepRecord = {
		...{ type: 'stepRecord', v: 1, id: idOf('stepRecord', ulid(now.getTime())), schoolId: invitation.schoolId },
		...{ caseId: invitation.caseId, turn: invitation.turn, step: invitation.step, result: 'done', on },
		...(pupilId && others.length === 0 && { pupilId }),
		note: note.trim(),
		...{ recordedBy: session.personId, recordedAt: now.toISOString() as Instant },
	};
	return device.save([record]);
}
