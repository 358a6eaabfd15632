import { Command, Option } from 'commander';
import { doAtHost } from './at-host.ts';
import type { OfSchool } from './user-work.ts';

const schoolOption = () => new Option('--school <id>', 'which school, when there are several');

/** `cli keys`: what devices seal their unsent work to. The private halves never leave the store. */
export function keysCommand(): Command {
	return new Command('keys')
		.description('The keys that devices seal to what waits there.')
		.addCommand(
			new Command('list')
				.description('List them, the newest last: that is the one devices use.')
				.addOption(schoolOption())
				.action((options: OfSchool) => doAtHost('keys list', options)),
		)
		.addCommand(
			new Command('rotate')
				.description(
					'Make a new one. Devices learn of it at their next sync; the older ones stay for what is on its way.',
				)
				.addOption(schoolOption())
				.action((options: OfSchool) => doAtHost('keys rotate', options)),
		);
}
