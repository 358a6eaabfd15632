import { ulid } from 'ulid';
import { idOf } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { withdrawalOf } from '#domain/observation/withdraw.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

/** The reporter takes an observation back: one that never left is gone, one that was sent gets a withdrawal. */
export async function withdraw(
	device: Device,
	observation: Observation,
	now: Date,
): Promise<Result<'removed' | 'withdrawn', SaveProblem>> {
	if ((await device.undo(observation.id)) === 'removed') return ok('removed');
	const by = device.session?.personId ?? observation.reporterId;
	if (!by) return ok('removed');
	const saved = await device.save([withdrawalOf(observation, by, now.toISOString() as Instant)], { undoable: true });
	return saved.ok ? ok('withdrawn') : saved;
}

/** Undoes that: what was removed is saved again; what was withdrawn and sent comes back as a new observation. */
export async function bringBack(
	device: Device,
	observation: Observation,
	how: 'removed' | 'withdrawn',
): Promise<Result<void, SaveProblem>> {
	if (how === 'removed') return device.save([observation]);
	const by = device.session?.personId ?? observation.reporterId;
	const withdrawal = by && withdrawalOf(observation, by, observation.notedAt);
	if (withdrawal && (await device.undo(withdrawal.id)) === 'removed') return ok(undefined);
	return device.save([{ ...observation, id: idOf('observation', ulid()) }]);
}
