/** Loaded before a server (`node --import`): puts the bugs of `PLANTED_BUG` into the source as it is read. */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { changed, ROOT, type SourceChange } from '#tests/simulation/source-change.ts';

const changes = JSON.parse(process.env.PLANTED_BUG ?? '[]') as readonly SourceChange[];

registerHooks({
	load(url, context, next) {
		const here = changes.filter(({ file }) => url === new URL(file, ROOT).href);
		if (here.length === 0) return next(url, context);
		const source = here.reduce(changed, readFileSync(fileURLToPath(url), 'utf8'));
		return { format: 'module', shortCircuit: true, source: stripTypeScriptTypes(source) };
	},
});
