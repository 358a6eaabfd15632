import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { can, maskFor } from '#domain/access/access.ts';
import type { Actor } from '#domain/access/rules.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { OpenSchool } from '#server/schools.ts';
import { pickSchool, withSchools } from './with-schools.ts';

interface Options {
	readonly school?: string;
	readonly out?: string;
	readonly withReporters?: true;
}

/** `cli export`: a school as JSONL, one document a line. Who reported stays out unless asked for (M5-06). */
export function exportCommand(): Command {
	return new Command('export')
		.description('Write every document of a school as JSONL, one a line. Who reported is left out.')
		.option('--school <id>', 'which school, when there are several')
		.option('--out <file>', 'write to this file instead of standard output')
		.option('--with-reporters', 'with who reported, and all that only the coordinator may read: for that person only')
		.action((options: Options) =>
			withSchools(async (schools) => {
				const school = pickSchool(schools, options.school);
				const lines = Readable.from(linesOf(school, options.withReporters === true), { objectMode: false });
				if (options.out === undefined) await pipeline(lines, process.stdout, { end: false });
				else await pipeline(lines, createWriteStream(options.out, { mode: 0o600 }));
			}),
		);
}

function* linesOf({ id, replica }: OpenSchool, withReporters: boolean): Generator<string> {
	const nobody: Actor = { personId: null, schoolId: id, roles: [], groupIds: [] };
	const coordinator: Actor = { ...nobody, roles: ['generalCoordinator'] };
	for (const { doc } of replica.envelopes()) {
		if (!can(coordinator, 'read', { doc, facts: replica.facts })) continue;
		const shown: DomainDocument = withReporters ? doc : maskFor(nobody, doc, replica.facts);
		yield `${JSON.stringify(shown)}\n`;
	}
}
