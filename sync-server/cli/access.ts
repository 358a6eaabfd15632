import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { accessMatrix } from '#domain/access/matrix.ts';

const PAGE = 'docs/access.md';
const BEGIN = '<!-- made by "npm run cli -- access --write"; do not edit below -->';

/** `cli access`: who may what, from the very table the server enforces. */
export function accessCommand(): Command {
	return new Command('access')
		.description('Print who may read and write what: the access table as Markdown.')
		.option('--write', `put it into ${PAGE}`)
		.action(({ write }: { write?: true }) => {
			if (!write) return console.log(accessMatrix());
			const page = readFileSync(PAGE, 'utf8');
			writeFileSync(PAGE, `${page.slice(0, page.indexOf(BEGIN))}${BEGIN}\n\n${accessMatrix()}\n`);
		});
}
