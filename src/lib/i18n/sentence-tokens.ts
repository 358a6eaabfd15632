import { intlLocale } from './when.ts';

export type SentenceSlot = 'who' | 'victim' | 'what' | 'place' | 'when';
export type SentenceTone = 'plain' | 'instigator' | 'victim' | 'good' | 'detail' | 'open';

/** A piece of the sentence; all texts joined are the whole of it, spaces and full stops included. */
export interface SentenceToken {
	readonly text: string;
	readonly tone: SentenceTone;
	readonly slot?: SentenceSlot;
	/** Still to be chosen. */
	readonly open?: boolean;
	/** A child's name, or words that tell who it is: goes through `ui/Name`. */
	readonly name?: boolean;
}

export function sentenceText(tokens: readonly SentenceToken[]): string {
	return tokens.map((token) => token.text).join('');
}

/** With the commas and the "and" of the language between them. */
export function listed(tokens: readonly SentenceToken[]): SentenceToken[] {
	return new Intl.ListFormat(intlLocale(), { type: 'conjunction' })
		.formatToParts(tokens.map((_, index) => String(index)))
		.map((part) => (part.type === 'element' ? tokens[Number(part.value)] : undefined) ?? plain(part.value));
}

/** A message whose blanks are tokens: each language puts them where its grammar wants them. */
export function fill(template: string, parts: Readonly<Record<string, readonly SentenceToken[]>>): SentenceToken[] {
	const filled = template.split(/\{(\w+)\}/).flatMap((piece, index) => {
		if (index % 2 === 1) return parts[piece] ?? [];
		return piece === '' ? [] : [plain(piece)];
	});
	// No place known: the comma that stood after it goes too.
	return filled[0]?.tone === 'plain' && filled[0].text === ', ' ? filled.slice(1) : filled;
}

export function capitalised([first, ...rest]: readonly SentenceToken[]): SentenceToken[] {
	if (!first) return [];
	return [{ ...first, text: first.text.charAt(0).toLocaleUpperCase(intlLocale()) + first.text.slice(1) }, ...rest];
}

export function plain(text: string): SentenceToken {
	return { text, tone: 'plain' };
}

export function openToken(slot: SentenceSlot, text: string): SentenceToken {
	return { text, tone: 'open', slot, open: true };
}
