import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ID_PREFIX } from '#domain/id.ts';

const AN_ID = new RegExp(`\\b(?:${Object.values(ID_PREFIX).join('|')})_[0-9A-HJKMNP-TV-Z]{26}\\b`);

/**
 * What a log may never hold: a name of this school, as a word of its own, or the id of a document, person or device.
 * @param folder of log files, JSON lines and others.
 */
export function personalWordsIn(folder: string, names: readonly string[]): { lines: number; found: string[] } {
	const isPersonal = new RegExp(`(?<!\\p{L})(?:${[...new Set(names)].map(escaped).join('|')})(?!\\p{L})`, 'u');
	const lines = readdirSync(folder).flatMap((file) =>
		readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean),
	);
	const found = lines
		.map(withoutMachine)
		.filter((line) => (names.length > 0 && isPersonal.test(line)) || AN_ID.test(line));
	return { lines: lines.length, found: [...new Set(found)] };
}

/** A machine may be called after somebody. */
function withoutMachine(line: string): string {
	return line.replace(/"hostname":"[^"]*",?/, '');
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
