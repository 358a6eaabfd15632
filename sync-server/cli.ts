import { Command, CommanderError } from 'commander';
import { accessCommand } from './cli/access.ts';
import { analyseCommand } from './cli/analyse.ts';
import { backupCommand } from './cli/backup.ts';
import { demoCommand } from './cli/demo.ts';
import { eraseCommand } from './cli/erase.ts';
import { exportCommand } from './cli/export.ts';
import { factSheetCommand } from './cli/fact-sheet.ts';
import { keysCommand } from './cli/keys.ts';
import { migrateStoreCommand } from './cli/migrate-store.ts';
import { remindersCommand } from './cli/reminders.ts';
import { rescueCommand } from './cli/rescue.ts';
import { restoreCommand } from './cli/restore.ts';
import { schemaCommand } from './cli/schema.ts';
import { schoolCommand } from './cli/school.ts';
import { userCommand } from './cli/user.ts';
import { StartUpProblem } from './start-up-problem.ts';
import { StoreUnavailable } from './store/unavailable.ts';

const EXIT = { failed: 1, usage: 2 } as const;

const program = new Command('npm run cli --')
	.description(
		'Pleinwacht for people who host it. Settings such as DATA_DIR and COUCHDB_URL come from the environment.',
	)
	.addCommand(demoCommand())
	.addCommand(analyseCommand())
	.addCommand(remindersCommand())
	.addCommand(factSheetCommand())
	.addCommand(exportCommand())
	.addCommand(schoolCommand())
	.addCommand(userCommand())
	.addCommand(keysCommand())
	.addCommand(backupCommand())
	.addCommand(rescueCommand())
	.addCommand(eraseCommand())
	.addCommand(restoreCommand())
	.addCommand(migrateStoreCommand())
	.addCommand(schemaCommand())
	.addCommand(accessCommand())
	.addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong use.');

throwInsteadOfExit(program);
try {
	await program.parseAsync();
} catch (error) {
	process.exitCode = exitCodeFor(error);
}

function exitCodeFor(error: unknown): number {
	if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
	// Whoever reads us has read enough: `export | head`.
	if (isSystemError(error) && error.code === 'EPIPE') return 0;
	const isForReader = error instanceof StartUpProblem || error instanceof StoreUnavailable || isSystemError(error);
	console.error(isForReader ? error.message : error);
	return EXIT.failed;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && 'syscall' in error;
}

/** Wrong use must not look like failed work; commander gives both 1. */
function throwInsteadOfExit(command: Command): void {
	command.exitOverride();
	command.commands.forEach(throwInsteadOfExit);
}
