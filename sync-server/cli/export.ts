import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Command } from 'commander';
import { doAtHost } from './at-host.ts';
import type { ExportInput } from './export-work.ts';

/** `cli export`: a school as JSONL, one document a line. */
export function exportCommand(): Command {
	return new Command('export')
		.description('Write every document of a school as JSONL, one a line. Who reported is left out.')
		.option('--school <id>', 'which school, when there are several')
		.option('--out <file>', 'write to this file instead of standard output')
		.option('--with-reporters', 'with who reported, and all that only the coordinator may read: for that person only')
		.action(async ({ out, ...input }: ExportInput & { readonly out?: string }) => {
			if (out === undefined) return doAtHost('export', input);
			const file = createWriteStream(out, { mode: 0o600 });
			await doAtHost('export', input, file);
			file.end();
			await finished(file);
		});
}
