/** One or two letters that stand for a person: of the first name, and of the last. */
export function initials(name: string): string {
	const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
	const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
	return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase('nl') ?? '').join('') || '?';
}
