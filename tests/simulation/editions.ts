import { loadChanged, type Product } from './loader.ts';
import type { SourceChange } from './source-change.ts';

/** An app or a server of one version. `protocol1`: the one before; `tomorrow`: one with a field more. */
export type Edition = 'protocol1' | 'today' | 'tomorrow';

/** Loaded when first needed: most histories do without. */
export type Editions = (edition: Edition) => Promise<Product>;

/**
 * Fields that an app did not know when it was made: what it writes lacks them, and must not take them from the school.
 * `weather` is made up, for a schema that grows tomorrow.
 */
const UNKNOWN: Readonly<Record<Edition, Readonly<Record<string, readonly string[]>>>> = {
	protocol1: { case: ['protocolId', 'assigned'], observation: ['weather'] },
	today: { observation: ['weather'] },
	tomorrow: {},
};

export function unknownTo(edition: Edition, type: string): readonly string[] {
	return UNKNOWN[edition][type] ?? [];
}

/** As an app of this edition makes it: it has no place for what it does not know. */
export function asKnownTo<T extends { readonly type: string }>(edition: Edition, document: T): T {
	const unknown = unknownTo(edition, document.type);
	return Object.fromEntries(Object.entries(document).filter(([field]) => !unknown.includes(field))) as T;
}

/** Lines of today's source as they were, or will be. */
const CHANGES: Readonly<Record<Edition, readonly SourceChange[]>> = {
	protocol1: [
		{
			file: 'src/lib/domain/sync/messages.ts',
			find: 'export const PROTOCOL = 2;',
			replace: 'export const PROTOCOL = 1;',
		},
		{
			file: 'src/lib/device/person-store.ts',
			find: 'const whole = standing ? keepUnknownToThisApp(standing, document) : document;',
			replace: 'const whole = document;',
		},
	],
	today: [],
	tomorrow: [
		{
			file: 'src/lib/domain/observation/observation.ts',
			find: 'export const Observation = z.strictObject({',
			replace: 'export const Observation = z.strictObject({\n\tweather: z.optional(z.string()),',
		},
	],
};

/** `changes`: a bug planted in every edition. */
export function editionsOf(today: Product, name: string, changes: readonly SourceChange[]): Editions {
	const loaded = new Map<Edition, Promise<Product>>([['today', Promise.resolve(today)]]);
	return (edition) => {
		const loading = loaded.get(edition) ?? loadChanged(`${name} ${edition}`, [...CHANGES[edition], ...changes]);
		loaded.set(edition, loading);
		return loading;
	};
}
