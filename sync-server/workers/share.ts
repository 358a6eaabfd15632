import type { SchoolId } from '#domain/id.ts';
import type { Clock } from '#server/clock.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { BEAT_MS, type Leases } from './leases.ts';
import { startWorker, type RunningWorker, type Worker } from './runner.ts';

/**
 * Runs the workers for the schools that are ours, also for those that are added or that fall to us later.
 * Returns the way to stop; the schools are then the other servers' at once.
 */
export async function shareWork(
	workers: readonly Worker[],
	schools: Pick<Schools, 'all'>,
	leases: Leases,
	now: Clock,
	onFault: (error: unknown) => void,
): Promise<() => Promise<void>> {
	const working = new Map<SchoolId, RunningWorker[]>();
	let stopped = false;

	async function start(school: OpenSchool) {
		const mayWork = () => leases.holds(school.id);
		working.set(school.id, []);
		const running = await Promise.all(workers.map((worker) => startWorker(worker, school, now, onFault, mayWork)));
		working.set(school.id, running);
	}

	async function stopWorkingFor(id: SchoolId) {
		const running = working.get(id) ?? [];
		working.delete(id);
		await Promise.all(running.map((worker) => worker.stop()));
	}

	async function beat() {
		const all = schools.all();
		const ours = await leases.beat(all.map(({ id }) => id));
		await Promise.all([...working.keys()].filter((id) => !ours.has(id)).map(stopWorkingFor));
		await Promise.all(all.filter(({ id }) => ours.has(id) && !working.has(id)).map(start));
	}

	async function beatOn() {
		// A store that is away cannot be leased from: what we hold runs out by itself.
		await beat().catch(onFault);
		if (!stopped) timer = setTimeout(next, BEAT_MS);
	}

	let timer: NodeJS.Timeout | undefined;
	let turn = beatOn();
	function next() {
		turn = beatOn();
	}
	await turn;
	return async () => {
		stopped = true;
		clearTimeout(timer);
		await turn;
		await Promise.all([...working.keys()].map(stopWorkingFor));
		await leases.release().catch(onFault);
	};
}
