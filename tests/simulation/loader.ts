import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileModule } from 'svelte/compiler';
import type * as product from './product.ts';

export type Product = typeof product;

/** One change to one place in the source. `find` must occur exactly once, or the change is not what it was meant to be. */
export interface SourceChange {
	/** From the top of the project. */
	readonly file: string;
	readonly find: string;
	readonly replace: string;
}

const ROOT = pathToFileURL(join(import.meta.dirname, '../../')).href;
const PRODUCT = [`${ROOT}src/`, `${ROOT}sync-server/`];
const WORLD = 'world';

/** Looking a module up takes longer than loading it: the next world finds it where this one did. */
const resolved = new Map<string, string>();

const changesIn = new Map<string, readonly SourceChange[]>();

/** The file a change is about, as it stands. */
export function sourceOf({ file }: SourceChange): string {
	return readFileSync(new URL(file, ROOT), 'utf8');
}

/** Applies a change to a source; says where to look when the source has moved on. */
export function changed(source: string, { file, find, replace }: SourceChange): string {
	const pieces = source.split(find);
	if (pieces.length !== 2) {
		throw new Error(`"${find}" occurs ${pieces.length - 1} times in ${file}, and once is what the change needs`);
	}
	return pieces.join(replace);
}

/**
 * Lets plain Node load the product as it stands, runes included, and more than once: each world is a copy of the
 * product's modules, perhaps with a line changed. So a planted bug needs no switch in the product.
 */
export function registerLoader(): void {
	registerHooks({
		resolve(specifier, context, next) {
			const [parent = '', query = ''] = context.parentURL?.split('?') ?? [];
			const world = new URLSearchParams(query).get(WORLD);
			if (!world) return next(specifier, context);
			const key = `${specifier} ${parent}`;
			const url = resolved.get(key) ?? next(specifier, context).url;
			resolved.set(key, url);
			const isProduct = PRODUCT.some((folder) => url.startsWith(folder));
			return { shortCircuit: true, url: isProduct ? `${url}?${WORLD}=${encodeURIComponent(world)}` : url };
		},
		load(url, context, next) {
			const address = new URL(url);
			const changes = changesIn.get(address.searchParams.get(WORLD) ?? '') ?? [];
			const isRunes = address.pathname.endsWith('.svelte.ts');
			if (!isRunes && changes.length === 0) return next(url, context);
			address.search = '';
			const path = fileURLToPath(address);
			const here = changes.filter(({ file }) => path.endsWith(`/${file}`));
			if (!isRunes && here.length === 0) return next(url, context);
			const source = here.reduce(changed, readFileSync(path, 'utf8'));
			const script = stripTypeScriptTypes(source);
			return {
				format: 'module',
				shortCircuit: true,
				source: isRunes ? compileModule(script, { filename: path, generate: 'server' }).js.code : script,
			};
		},
	});
}

/** The product with these changes. Each name is loaded once. */
export async function loadChanged(name: string, changes: readonly SourceChange[]): Promise<Product> {
	changesIn.set(name, changes);
	return (await import(`./product.ts?${WORLD}=${encodeURIComponent(name)}`)) as Product;
}
