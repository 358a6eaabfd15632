import { KeyFigures } from '#domain/fact-sheet/key-figures.ts';
import { ok, refuse, type Result } from '#domain/result.ts';

/** Key figures from a file, one a line (`docs/formats.md`); lines of other kinds are passed over. `line`: the first wrong one. */
export function readFigures(
	text: string,
): Result<KeyFigures[], { readonly kind: 'wrongLine'; readonly line: number } | { readonly kind: 'none' }> {
	const found: KeyFigures[] = [];
	for (const [index, line] of text
		.replace(/^\uFEFF/, '')
		.split(/\r?\n/)
		.entries()) {
		if (line.trim() === '') continue;
		const value = parsed(line);
		if (value === undefined) return refuse({ kind: 'wrongLine', line: index + 1 });
		if (!isOfKeyFigures(value)) continue;
		const figures = KeyFigures.safeParse(value);
		if (!figures.success) return refuse({ kind: 'wrongLine', line: index + 1 });
		found.push(figures.data);
	}
	return found.length > 0 ? ok(found) : refuse({ kind: 'none' });
}

function isOfKeyFigures(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'type' in value && value.type === 'keyFigures';
}

/** `undefined` for what is no JSON. */
function parsed(line: string): unknown {
	try {
		return JSON.parse(line) as unknown;
	} catch {
		return undefined;
	}
}
