import { Command, Option } from 'commander';
import { HolidayRegion } from '#domain/school/roster.ts';
import { TimeZone } from '#domain/time/local-time.ts';
import { doAtHost } from './at-host.ts';
import type { NewSchool } from './school-work.ts';

/** `cli school`: a school of one's own, where no demo is wanted. */
export function schoolCommand(): Command {
	return new Command('school').description('Make a school.').addCommand(
		new Command('add')
			.description('Make a school with its groups and first coordinator, and print the code to sign in with.')
			.requiredOption('--name <name>', 'of the school')
			.requiredOption('--coordinator <name>', 'who reads every observation, and lets others in')
			.requiredOption('--group <name...>', 'the groups, such as 3A 4A 5/6B')
			.addOption(
				new Option('--region <region>', 'of its holidays').choices(HolidayRegion.options).makeOptionMandatory(),
			)
			.addOption(new Option('--zone <zone>', 'its clock').choices(TimeZone.options).default('Europe/Amsterdam'))
			.option('--site <name>', 'its building', 'Hoofdgebouw')
			.option('--secondary', 'a secondary school: group 1 is its first year')
			.action((options: NewSchool) => doAtHost('school add', options)),
	);
}
