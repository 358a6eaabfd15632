import { Command, Option } from 'commander';
import { Role } from '#domain/school/roster.ts';
import { doAtHost } from './at-host.ts';
import type { NewUser, OfSchool } from './user-work.ts';

const schoolOption = () => new Option('--school <id>', 'which school, when there are several');

/** `cli user`: who may sign in. A code is shown once; the store keeps only its hash. */
export function userCommand(): Command {
	return new Command('user')
		.description('Add people, list them, give out codes to sign in with, sign out a lost device, begin anew.')
		.addCommand(
			new Command('add')
				.description('Add a person and print a code for the first sign-in.')
				.requiredOption('--name <name>', 'as colleagues say it')
				.addOption(new Option('--role <role...>', 'one or more').choices(Role.options).makeOptionMandatory())
				.option('--group <name...>', 'the groups this person teaches, such as 6A', [])
				.addOption(schoolOption())
				.action((options: NewUser) => doAtHost('user add', options)),
		)
		.addCommand(
			new Command('list')
				.description('List everybody with id, name, roles and groups.')
				.addOption(schoolOption())
				.action((options: OfSchool) => doAtHost('user list', options)),
		)
		.addCommand(
			aboutPerson('code', 'Print a new code for somebody: on another device, or after signing out.').action(
				(id: string, options: OfSchool) => doAtHost('user code', { ...options, id }),
			),
		)
		.addCommand(
			aboutPerson(
				'sign-out',
				'End every session of somebody, on a lost phone for instance: each device sends what waits there and forgets the rest.',
			).action((id: string, options: OfSchool) => doAtHost('user sign-out', { ...options, id })),
		)
		.addCommand(
			aboutPerson(
				'reset',
				'Somebody lost the second factor and the recovery codes: forget password, app and passkeys, and print a code to begin anew. See first that it is really them.',
			).action((id: string, options: OfSchool) => doAtHost('user reset', { ...options, id })),
		);
}

function aboutPerson(name: string, description: string): Command {
	return new Command(name)
		.description(description)
		.argument('<id>', 'the id that "user list" shows')
		.addOption(schoolOption());
}
