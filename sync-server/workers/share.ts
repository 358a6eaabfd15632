import type { SchoolId } from '#domain/id.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { BEAT_MS, type Leases } from './leases.ts';

interface Running {
	stop(): Promise<void>;
}

/** Starts all that works for one school. It must not begin anything while `mayWork` is false. */
type StartWork = (school: OpenSchool, mayWork: () => boolean) => Promise<readonly Running[]>;

/**
 * Works for the schools that are ours, also for those that are added or that fall to us later. Returns the way to
 * stop; the schools are then the other servers' at once.
 */
export async function shareWork(
	schools: Pick<Schools, 'all'>,
	leases: Leases,
	startWork: StartWork,
	onFault: (error: unknown) => void,
): Promise<() => Promise<void>> {
	const working = new Map<SchoolId, readonly Running[]>();
	let stopped = false;

	async function start(school: OpenSchool) {
		working.set(school.id, await startWork(school, () => leases.holds(school.id)));
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
