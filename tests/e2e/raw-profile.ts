import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Reads a browser's profile folder as somebody would who copied it: every file, whatever it is for. Browsers write text in
 * one byte or in two a sign. LevelDB writes new rows as they are, and compresses older ones with Snappy, which leaves what
 * it meets for the first time as it is; so a word that shares nothing with others is found there too.
 * @returns which of these words it holds, each with the first file it is in.
 */
export async function wordsIn(folder: string, words: readonly string[]): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	for (const entry of entries.filter((each) => each.isFile())) {
		const path = join(entry.parentPath, entry.name);
		const bytes = await readFile(path);
		for (const word of words) {
			if (found.has(word)) continue;
			if (bytes.includes(word, 0, 'utf8') || bytes.includes(word, 0, 'utf16le')) found.set(word, path);
		}
	}
	return found;
}
