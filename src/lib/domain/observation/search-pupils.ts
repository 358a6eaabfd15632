import type { Pupil } from '#domain/school/roster.ts';

export interface SearchOptions {
	/** Chosen lately, last first: they stand before others that match as well. */
	readonly recent?: readonly string[];
	readonly groupName?: (pupil: Pupil) => string | undefined;
	readonly limit?: number;
}

const DEFAULT_LIMIT = 12;

/** Typos forgiven in a word: none while it is too short to tell a typo from another name. */
function forgiven(word: string): number {
	if (word.length <= 2) return 0;
	return word.length <= 5 ? 1 : 2;
}

/** Pupils by name, best match first; forgives case, accents and typos, and knows the group (`noor 6a`). */
export function searchPupils(pupils: readonly Pupil[], query: string, options: SearchOptions = {}): Pupil[] {
	const words = wordsOf(query);
	if (words.length === 0) return [];
	const rank = new Map((options.recent ?? []).map((id, index) => [id, index]));
	const rankOf = (pupil: Pupil) => rank.get(pupil.id) ?? rank.size;
	return pupils
		.filter((pupil) => !pupil.leftOn)
		.flatMap((pupil) => {
			const distance = distanceOf(pupil, words, options.groupName?.(pupil));
			return distance === null ? [] : [{ pupil, distance }];
		})
		.sort(
			(a, b) =>
				a.distance - b.distance ||
				rankOf(a.pupil) - rankOf(b.pupil) ||
				a.pupil.firstName.localeCompare(b.pupil.firstName, 'nl') ||
				a.pupil.lastName.localeCompare(b.pupil.lastName, 'nl'),
		)
		.slice(0, options.limit ?? DEFAULT_LIMIT)
		.map(({ pupil }) => pupil);
}

/** Last chosen first, at most `front` of them, then the others in the order they came. */
export function recentFirst(pupils: readonly Pupil[], recent: readonly string[], front: number): Pupil[] {
	const lately = recent.flatMap((id) => pupils.find((pupil) => pupil.id === id) ?? []).slice(0, front);
	return [...lately, ...pupils.filter((pupil) => !lately.includes(pupil))];
}

export function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/ß/g, 'ss')
		.replace(/[øØ]/g, 'o')
		.replace(/[łŁ]/g, 'l')
		.replace(/[ıİ]/g, 'i')
		.toLowerCase();
}

function wordsOf(text: string): string[] {
	return fold(text)
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean);
}

/**
 * Every word asked for must be found somewhere; a last name or a typo weighs more than a first name as typed. Short
 * words are typed for first names: in last names they would find half the school by a typo.
 */
function distanceOf(pupil: Pupil, words: readonly string[], groupName = ''): number | null {
	const first = wordsOf(pupil.firstName);
	const others = [...wordsOf(pupil.prefix ?? ''), ...wordsOf(pupil.lastName)];
	const group = fold(groupName);
	let sum = 0;
	for (const word of words) {
		const found = Math.min(
			...first.map((name) => wordDistance(word, name)),
			...others.map((name) => wordDistance(word, name, word.length < 5 ? 0 : forgiven(word)) + 0.5),
			group !== '' && group.startsWith(word) ? 0 : Infinity,
		);
		if (found === Infinity) return null;
		sum += found;
	}
	return sum;
}

function wordDistance(word: string, name: string, most = forgiven(word)): number {
	if (name.startsWith(word)) return name.length === word.length ? 0 : 0.25;
	const distance = prefixDistance(word, name, most);
	return distance === null ? Infinity : distance + 1;
}

/**
 * The fewest letters to add, leave out, change or swap so that `word` becomes some beginning of `name`; null when
 * it takes more than `most`.
 */
export function prefixDistance(word: string, name: string, most: number): number | null {
	if (most === 0) return name.startsWith(word) ? 0 : null;
	let beforeLast: number[] = [];
	let last = Array.from({ length: name.length + 1 }, (_, column) => column);
	for (let row = 1; row <= word.length; row++) {
		const current = [row];
		for (let column = 1; column <= name.length; column++) {
			const same = word[row - 1] === name[column - 1];
			let best = Math.min(
				(last[column] ?? 0) + 1,
				(current[column - 1] ?? 0) + 1,
				(last[column - 1] ?? 0) + (same ? 0 : 1),
			);
			const swapped = row > 1 && column > 1 && word[row - 1] === name[column - 2] && word[row - 2] === name[column - 1];
			if (swapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
			current.push(best);
		}
		beforeLast = last;
		last = current;
	}
	const distance = Math.min(...last);
	return distance <= most ? distance : null;
}
