import { ulid } from 'ulid';
import { idOf } from '#domain/id.ts';
import {
	adaptProtocol,
	type AdaptRefusal,
	type StepWish,
	type WordedProtocol,
} from '#domain/protocols/adapt-protocol.ts';
import type { SchoolProtocol } from '#domain/protocols/school-protocol.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

type Problem = AdaptRefusal | SaveProblem | { readonly kind: 'signedOut' };

/** Saves a next version of a protocol: a document of its own, which never changes. */
export async function saveProtocol(
	{ session, save }: Pick<Device, 'save' | 'session'>,
	base: WordedProtocol,
	wishes: readonly StepWish[],
	now: Date,
): Promise<Result<SchoolProtocol, Problem>> {
	if (!session) return refuse({ kind: 'signedOut' });
	const adapted = adaptProtocol(base, wishes);
	if (!adapted.ok) return adapted;
	const document: SchoolProtocol = {
		type: 'protocol',
		v: 1,
		id: idOf('protocol', ulid(now.getTime())),
		schoolId: session.schoolId,
		...adapted.value,
		madeBy: session.personId,
		madeAt: now.toISOString() as Instant,
	};
	const saved = await save([document]);
	return saved.ok ? ok(document) : saved;
}
