import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileModule } from 'svelte/compiler';
import type * as product from './product.ts';
import { changed, ROOT, type SourceChange } from './source-change.ts';

export type Product = typeof product;

const PRODUCT = [`${ROOT}src/`, `${ROOT}sync-server/`];
const WORLD = 'world';

/** Looking a module up takes longer than loading it: the next world finds it where this one did. */
const resolved = new Map<string, string>();

const changesIn = new Map<string, readonly SourceChange[]>();

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
