import { ulid } from 'ulid';
import { keyFiguresOn, type KeyFigures } from '#domain/fact-sheet/key-figures.ts';
import { idOf } from '#domain/id.ts';
import { refuse, type Result } from '#domain/result.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

/** Keeps the school's figures of today, so that what was once reported stays as it was. */
export async function countToday(
	device: Pick<Device, 'save' | 'session' | 'documents'>,
	today: LocalDate,
	now: Date,
): Promise<Result<void, SaveProblem | { readonly kind: 'signedOut' }>> {
	const { documents, session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const figures: KeyFigures = {
		...{ type: 'keyFigures', v: 1, id: idOf('keyFigures', ulid(now.getTime())), schoolId: session.schoolId, on: today },
		...keyFiguresOn(
			{
				pupils: documents.all('pupil'),
				persons: documents.all('person'),
				observations: documents.all('observation'),
				withdrawals: documents.all('withdrawal'),
				decisions: documents.all('statusDecision'),
			},
			today,
		),
		...{ madeBy: session.personId, madeAt: now.toISOString() as Instant },
	};
	return device.save([figures]);
}
