import { Command, Option } from 'commander';
import { ulid } from 'ulid';
import { idOf, type GroupId } from '#domain/id.ts';
import { Person, Role } from '#domain/school/roster.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { pickSchool, withSchools } from './with-schools.ts';

interface AddOptions {
	readonly name: string;
	readonly role: Role[];
	readonly group: string[];
	readonly school?: string;
}

interface SchoolOption {
	readonly school?: string;
}

const schoolOption = () => new Option('--school <id>', 'which school, when there are several');

/** `cli user`: who may sign in. A code is shown once; the store keeps only its hash. */
export function userCommand(): Command {
	return new Command('user')
		.description('Add people, list them, and give out codes to sign in with.')
		.addCommand(
			new Command('add')
				.description('Add a person and print a code for the first sign-in.')
				.requiredOption('--name <name>', 'as colleagues say it')
				.addOption(new Option('--role <role...>', 'one or more').choices(Role.options).makeOptionMandatory())
				.option('--group <name...>', 'the groups this person teaches, such as 6A', [])
				.addOption(schoolOption())
				.action((options: AddOptions) =>
					withSchools(async (schools) => {
						const school = pickSchool(schools, options.school);
						await printCode(schools, school, await addPerson(school, options));
					}),
				),
		)
		.addCommand(
			new Command('list')
				.description('List everybody with id, name, roles and groups.')
				.addOption(schoolOption())
				.action(({ school }: SchoolOption) => withSchools(async (schools) => printPeople(pickSchool(schools, school)))),
		)
		.addCommand(
			new Command('code')
				.description('Print a new code for somebody: on another device, or after signing out.')
				.argument('<id>', 'the id that "user list" shows')
				.addOption(schoolOption())
				.action((id: string, options: SchoolOption) =>
					withSchools(async (schools) => {
						const school = pickSchool(schools, options.school);
						const person = school.replica.find('person', id);
						if (!person) throw new StartUpProblem(`There is nobody with id ${id}; "user list" shows who there is.`);
						await printCode(schools, school, person);
					}),
				),
		);
}

async function addPerson({ id: schoolId, replica }: OpenSchool, { name, role, group }: AddOptions): Promise<Person> {
	const person = Person.safeParse({
		type: 'person',
		v: 1,
		id: idOf('person', ulid()),
		schoolId,
		name,
		roles: [...new Set(role)],
		groupIds: group.map((each) => groupNamed(each, replica)),
	});
	if (!person.success) throw new StartUpProblem('A name has 1 to 80 characters.');
	const arrival = { receivedAt: new Date().toISOString() as Instant, authorId: null, deviceId: null, seq: null };
	const record = envelopeOf(person.data, { rev: contentRevision(person.data), ...arrival });
	await replica.write([{ record, expectedRev: null }]);
	return person.data;
}

function groupNamed(name: string, replica: OpenSchool['replica']): GroupId {
	const groups = replica.all('group');
	const group = groups.find((each) => each.name.toLowerCase() === name.toLowerCase());
	if (group) return group.id;
	throw new StartUpProblem(`There is no group ${name}. There are: ${groups.map((each) => each.name).join(', ')}.`);
}

async function printCode({ accounts }: Schools, school: OpenSchool, person: Person): Promise<void> {
	const code = await accounts.issueCode({ personId: person.id, schoolId: school.id });
	console.log(`${person.name} (${person.id}) signs in with this code, once, within a day:\n\n  ${code}\n`);
}

function printPeople({ replica }: OpenSchool): void {
	for (const { id, name, roles, groupIds } of replica.all('person')) {
		const groups = groupIds.map((groupId) => replica.find('group', groupId)?.name ?? groupId);
		console.log([id, name, roles.join('+'), groups.join('+')].join('\t').trimEnd());
	}
}
