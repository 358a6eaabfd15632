import { ulid } from 'ulid';
import { idOf } from '#domain/id.ts';
import { refuse, type Result } from '#domain/result.ts';
import type { GroupSession } from '#domain/school/group-session.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

/** What a person fills in; the rest follows from who and when. */
type Said = Pick<GroupSession, 'groupId' | 'kind' | 'on' | 'text' | 'forPersonId'>;

/** Keeps what a review agreed, or what next year's teacher must know (DUK-08, MEL-08). */
export async function writeSession(
	device: Pick<Device, 'save' | 'session'>,
	said: Said,
	now: Date,
): Promise<Result<void, SaveProblem | { readonly kind: 'signedOut' }>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const doc: GroupSession = {
		...{ type: 'groupSession', v: 1, id: idOf('groupSession', ulid(now.getTime())), schoolId: session.schoolId },
		...said,
		text: said.text.trim(),
		...{ writtenBy: session.personId, writtenAt: now.toISOString() as Instant },
	};
	return device.save([doc]);
}
