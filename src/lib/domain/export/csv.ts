/** What a cell of an exported table holds; `null` for nothing. */
export type ExportCell = string | number | null;

/** A table by its name, the first row its headings. */
export interface ExportTable {
	readonly name: string;
	readonly rows: readonly (readonly ExportCell[])[];
}

/** So that a spreadsheet reads it as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A text that starts so would be run as a formula by the spreadsheet that opens it. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/;

/**
 * Tables one below the other as a Dutch Excel opens them: semicolons, decimal commas, Windows line ends. A text that could be
 * taken for a formula gets an apostrophe in front, which a spreadsheet shows as plain text.
 */
export function csvOf(tables: readonly ExportTable[]): string {
	const lines = tables.flatMap(({ name, rows }, index) => [
		...(index > 0 ? [''] : []),
		...(tables.length > 1 ? [cellText(name)] : []),
		...rows.map((row) => row.map(cellText).join(';')),
	]);
	return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

function cellText(cell: ExportCell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell).replace('.', ',') : '';
	const safe = LOOKS_LIKE_FORMULA.test(cell) ? `'${cell}` : cell;
	return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
