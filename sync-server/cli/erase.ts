import { Command, Option } from 'commander';
import { doAtHost } from './at-host.ts';
import type { EraseInput } from './erase-work.ts';

/** `cli erase`: forget a pupil or an observation, for good. */
export function eraseCommand(): Command {
	return new Command('erase')
		.description('Erase an observation, or a pupil from everything, for good. Devices drop it when they sync.')
		.addOption(new Option('--observation <id>', 'this observation and all that hangs on it').conflicts('pupil'))
		.option('--pupil <id>', 'this pupil: from the roster, and from every observation and case')
		.option('--school <id>', 'which school, when there are several')
		.action(async (options: EraseInput, command: Command) => {
			if (options.observation === undefined && options.pupil === undefined) {
				command.error('error: say what to erase: --observation <id> or --pupil <id>');
			}
			await doAtHost('erase', options);
		});
}
