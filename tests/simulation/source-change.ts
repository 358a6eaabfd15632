import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The top of the project, as an address. */
export const ROOT = pathToFileURL(join(import.meta.dirname, '../../')).href;

/** One change to one place in the source. `find` must occur exactly once, or the change is not what it was meant to be. */
export interface SourceChange {
	/** From the top of the project. */
	readonly file: string;
	readonly find: string;
	readonly replace: string;
}

/** A bug planted on purpose, in a copy of the product or in a server that is started: it must be found. */
export interface Mutant {
	readonly name: string;
	readonly changes: readonly SourceChange[];
}

export function mutant(name: string, ...changes: readonly SourceChange[]): Mutant {
	return { name, changes };
}

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
