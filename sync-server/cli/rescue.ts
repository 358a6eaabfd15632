import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { doAtHost } from './at-host.ts';

/** `cli rescue`: take in what a device could not send. */
export function rescueCommand(): Command {
	return new Command('rescue')
		.description('Take in a rescue file: what a device had not sent. Offering it again changes nothing.')
		.argument('<file>', 'as the device wrote it')
		.action(async (file: string) => doAtHost('rescue', { text: await readFile(file, 'utf8') }));
}
