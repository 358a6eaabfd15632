import { expire } from '#server/retention/expire.ts';
import type { Clock } from '#server/clock.ts';
import type { OpenSchool } from '#server/schools.ts';

/** A day begins for a school some time within this; nobody waits for it. */
const EVERY_MS = 60 * 60 * 1000;

/** Forgets what is too old, at the start and from then on each hour. Deriving documents is the runner's work. */
export async function startRetention(
	school: OpenSchool,
	now: Clock,
	onFault: (error: unknown) => void,
	mayWork: () => boolean,
) {
	let turn = Promise.resolve();
	const work = () => {
		turn = turn
			.then(async () => {
				if (!mayWork()) return;
				if ((await expire(school, now())) > 0) await school.store.purge();
				await school.looks.expire(now());
			})
			.catch(onFault);
	};
	work();
	const timer = setInterval(work, EVERY_MS);
	return {
		async stop() {
			clearInterval(timer);
			await turn;
		},
	};
}
