import { Command } from 'commander';
import { restore } from '#server/backup/restore.ts';
import { readConfig } from '#server/config.ts';
import { openHost } from '#server/store/open-host.ts';

/** `cli restore`: a backup into an empty store, with the server stopped. */
export function restoreCommand(): Command {
	return new Command('restore')
		.description('Fill an empty store from a backup. Stop the server first. Everybody signs in again afterwards.')
		.argument('<file>', 'as "backup" wrote it')
		.option('--later <file...>', 'backups made after this one: what they list as erased stays away', [])
		.action(async (file: string, { later }: { later: string[] }) => {
			const host = await openHost(readConfig(process.env));
			try {
				const { madeAt, records, erased } = await restore(host, file, later);
				const without = erased > 0 ? `, without ${erased} that were erased` : '';
				console.log(`Restored ${records} records of ${madeAt}${without}. Start the server; people sign in again.`);
			} finally {
				await host.close();
			}
		});
}
