import { SchoolId } from '#domain/id.ts';
import { readConfig } from '#server/config.ts';
import { openSchools, type OpenSchool, type Schools } from '#server/schools.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { openHost } from '#server/store/open-host.ts';

/** Opens the store the environment names, does the work, and closes it again whatever happens. */
export async function withSchools<T>(work: (schools: Schools) => Promise<T>): Promise<T> {
	const schools = await openSchools(await openHost(readConfig(process.env)), () => new Date());
	try {
		return await work(schools);
	} finally {
		await schools.close();
	}
}

/** The school meant: the only one, or the one named. */
export function pickSchool(schools: Schools, id: string | undefined): OpenSchool {
	const all = schools.all();
	if (id === undefined && all.length > 1) {
		const choices = all.map(({ replica }) => `${replica.school.id} (${replica.school.name})`).join(', ');
		throw new StartUpProblem(`There are ${all.length} schools; name one with --school: ${choices}.`);
	}
	const wanted = SchoolId.safeParse(id);
	const school = id === undefined ? all[0] : wanted.success ? schools.get(wanted.data) : undefined;
	if (!school)
		throw new StartUpProblem(id === undefined ? 'There is no school in this store yet.' : `There is no school ${id}.`);
	return school;
}
