import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Scheme = 'light' | 'dark';

/** `--name: light-dark(#a, #b);` or `--name: #a;` of tokens.css. */
function tokens(): Map<string, Record<Scheme, string>> {
	const found = new Map<string, Record<Scheme, string>>();
	const css = readFileSync('src/lib/ui/tokens.css', 'utf8');
	for (const [, name = '', light = '', dark] of css.matchAll(
		/--([\w-]+): (?:light-dark\()?(#[0-9a-f]{6})(?:, (#[0-9a-f]{6})\))?;/g,
	)) {
		found.set(name, { light, dark: dark ?? light });
	}
	return found;
}

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['paper', 'card'];
const TEXT_PAIRS = [
	...['ink', 'ink-2', 'brand', 'plum', 'green', 'yellow', 'orange', 'red'].flatMap((text) =>
		GROUNDS.map((ground) => [text, ground]),
	),
	['on-brand', 'brand'],
	['on-sun', 'sun'],
	['on-inverse', 'inverse'],
	['ink', 'sun-soft'],
	['ink', 'brand-soft'],
	['ink', 'plum-soft'],
	...['brand', 'plum', 'green', 'yellow', 'orange', 'red'].map((colour) => [colour, `${colour}-soft`]),
	...['green', 'red'].map((colour) => ['ink', `${colour}-soft`]),
];
const MARK_PAIRS = ['line-strong', 'brand', 'sun-mark'].flatMap((mark) => GROUNDS.map((ground) => [mark, ground]));

test.each(['light', 'dark'] as const)('text stands out 4.5 to 1 and marks 3 to 1, %s', (scheme) => {
	const all = tokens();
	const ratio = (a = '', b = '') => contrast(all.get(a)?.[scheme] ?? '', all.get(b)?.[scheme] ?? '');
	const faint = [
		...TEXT_PAIRS.map(([a, b]) => ({ a, b, least: 4.5 })),
		...MARK_PAIRS.map(([a, b]) => ({ a, b, least: 3 })),
	]
		.map((pair) => ({ ...pair, ratio: ratio(pair.a, pair.b) }))
		.filter((pair) => !(pair.ratio >= pair.least));
	expect(faint).toEqual([]);
});
