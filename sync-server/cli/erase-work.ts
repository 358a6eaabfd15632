import { ObservationId, PupilId } from '#domain/id.ts';
import type { HostWork } from '#server/control/host-work.ts';
import { erase } from '#server/retention/erase.ts';
import { erasePupil } from '#server/retention/erase-pupil.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import type { OfSchool } from './user-work.ts';
import { pickSchool } from './with-schools.ts';

export interface EraseInput extends OfSchool {
	readonly observation?: string;
	readonly pupil?: string;
}

/** On request of who it is about (M5-18). It cannot be undone, and says what is left for a person to do. */
export const eraseForHost: HostWork<EraseInput> = async (schools, { school: schoolId, observation, pupil }, print) => {
	const school = pickSchool(schools, schoolId);
	const now = new Date();
	if (observation !== undefined) {
		const id = ObservationId.safeParse(observation);
		if (!id.success) throw new StartUpProblem(`${observation} is no id of an observation; one looks like obs_01J….`);
		const gone = await erase(school, [id.data], 'erased', now);
		await school.store.purge();
		return print(`Erased ${gone.length} documents. ${id.data} will not come back.\n`);
	}
	const id = PupilId.safeParse(pupil);
	if (!id.success || !school.replica.find('pupil', id.data)) {
		throw new StartUpProblem(`There is no pupil with id ${pupil}; "export" shows who there is.`);
	}
	const { erased, revised, toRead } = await erasePupil(school, id.data, now);
	await school.store.purge();
	await school.looks.forget(id.data);
	await print(`Erased ${erased} documents, and took the pupil out of ${revised} that are about others too.\n`);
	if (toRead.length === 0) return;
	await print(`Free text may still say the name. Have the coordinator read these:\n${toRead.join('\n')}\n`);
};
