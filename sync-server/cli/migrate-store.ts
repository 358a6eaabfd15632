import { Command, Option } from 'commander';
import { migrate } from '#server/backup/migrate.ts';
import { readConfig, type Config } from '#server/config.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { couchdbHost } from '#server/store/couchdb.ts';
import type { StoreHost } from '#server/store/document-store.ts';
import { embeddedHost } from '#server/store/embedded.ts';

const KINDS = ['embedded', 'couchdb'] as const;
type Kind = (typeof KINDS)[number];

/** `cli migrate-store`: from the embedded store to CouchDB, or back. */
export function migrateStoreCommand(): Command {
	return new Command('migrate-store')
		.description(
			'Copy everything from one store to another, empty one. Stop the server first. The source is only read.',
		)
		.addOption(new Option('--from <store>', 'what DATA_DIR or COUCHDB_URL names').choices(KINDS).makeOptionMandatory())
		.addOption(new Option('--to <store>', 'the other one').choices(KINDS).makeOptionMandatory())
		.action(async ({ from, to }: { from: Kind; to: Kind }) => {
			if (from === to) throw new StartUpProblem('Choose two different stores: --from embedded --to couchdb, or back.');
			const config = readConfig(process.env);
			const source = await hostOf(from, config);
			const target = await hostOf(to, config);
			try {
				await migrate(source, target, nameOf(from, config), ({ name, records, digest }) =>
					console.log(`${name}: ${records} records, digest ${digest} on both sides`),
				);
				console.log(
					`All of it is in the ${to} store now. The ${from} store is as it was; remove it when you are sure.`,
				);
			} finally {
				await Promise.all([source.close(), target.close()]);
			}
		});
}

async function hostOf(kind: Kind, { dataDir, couchdbUrl }: Config): Promise<StoreHost> {
	if (kind === 'embedded') return embeddedHost(dataDir);
	if (!couchdbUrl) throw new StartUpProblem('Set COUCHDB_URL to the CouchDB you mean.');
	return couchdbHost(couchdbUrl);
}

/** Written down in the target: no password. */
function nameOf(kind: Kind, { dataDir, couchdbUrl }: Config): string {
	return kind === 'embedded' ? dataDir : `the CouchDB at ${new URL(couchdbUrl ?? '').host}`;
}
