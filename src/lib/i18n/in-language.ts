import type { Bilingual } from '#domain/protocols/protocol-texts.ts';
import { getLocale } from './generated/runtime.js';

/** A protocol's words in the language of the interface. */
export function inLanguage(words: Bilingual | undefined): string {
	return words?.[getLocale()] ?? '';
}
