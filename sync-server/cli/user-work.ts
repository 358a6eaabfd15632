import { ulid } from 'ulid';
import { idOf, type GroupId } from '#domain/id.ts';
import { Person, type Role } from '#domain/school/roster.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { HostWork, Print } from '#server/control/host-work.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { pickSchool } from './with-schools.ts';

export interface OfSchool {
	/** Which school, when there are several. */
	readonly school?: string;
}

export interface NewUser extends OfSchool {
	readonly name: string;
	readonly role: readonly Role[];
	readonly group: readonly string[];
}

export const addUser: HostWork<NewUser> = async (schools, input, print) => {
	const school = pickSchool(schools, input.school);
	await printCode(schools, school, await addPerson(school, input), print);
};

export const listUsers: HostWork<OfSchool> = async (schools, { school }, print) => {
	const { replica } = pickSchool(schools, school);
	for (const { id, name, roles, groupIds } of replica.all('person')) {
		const groups = groupIds.map((groupId) => replica.find('group', groupId)?.name ?? groupId);
		await print(`${[id, name, roles.join('+'), groups.join('+')].join('\t').trimEnd()}\n`);
	}
};

export const newCode: HostWork<OfSchool & { readonly id: string }> = async (schools, input, print) => {
	const school = pickSchool(schools, input.school);
	await printCode(schools, school, personIn(school, input.id), print);
};

/** A phone that is lost: it reads nothing from now on, sends what waits there at its next contact, and forgets the rest (D11). */
export const signOutUser: HostWork<OfSchool & { readonly id: string }> = async (schools, input, print) => {
	const person = personIn(pickSchool(schools, input.school), input.id);
	const asked = await schools.devices.revokeAllOf(person.id, null);
	await print(`${person.name} is signed out on ${asked} ${asked === 1 ? 'device' : 'devices'}`);
	await print(asked > 0 ? ', asked to forget what is held there.\n' : '.\n');
};

/** The way back for who lost the last factor (ASVS 6.4.4). Only whoever hosts has it: no sign-in can ask for it. */
export const resetUser: HostWork<OfSchool & { readonly id: string }> = async (schools, input, print) => {
	const school = pickSchool(schools, input.school);
	const person = personIn(school, input.id);
	await schools.credentials.forget(person.id);
	await schools.accounts.revokeSessionsOf(person.id);
	await printCode(schools, school, person, print);
};

export async function addPerson(
	{ id: schoolId, replica }: OpenSchool,
	{ name, role, group }: Omit<NewUser, 'school'>,
): Promise<Person> {
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

export async function printCode(
	{ accounts }: Schools,
	school: OpenSchool,
	person: Person,
	print: Print,
): Promise<void> {
	const code = await accounts.issueCode({ personId: person.id, schoolId: school.id });
	await print(`${person.name} (${person.id}) signs in with this code, once, within a day:\n\n  ${code}\n\n`);
}

function personIn({ replica }: OpenSchool, id: string): Person {
	const person = replica.find('person', id);
	if (!person) throw new StartUpProblem(`There is nobody with id ${id}; "user list" shows who there is.`);
	return person;
}

function groupNamed(name: string, replica: OpenSchool['replica']): GroupId {
	const groups = replica.all('group');
	const group = groups.find((each) => each.name.toLowerCase() === name.toLowerCase());
	if (group) return group.id;
	throw new StartUpProblem(`There is no group ${name}. There are: ${groups.map((each) => each.name).join(', ')}.`);
}
