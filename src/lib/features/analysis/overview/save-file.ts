import { csvOf, type ExportTable } from '#domain/export/csv.ts';

/** Excel allows no more in the name of a sheet, and not these. */
const MOST_IN_A_NAME = 31;
const NOT_IN_A_NAME = /[\\/?*[\]:]/g;

export function saveAsCsv(name: string, tables: readonly ExportTable[]): void {
	save(`${name}.csv`, new Blob([csvOf(tables)], { type: 'text/csv;charset=utf-8' }));
}

export function saveText(name: string, text: string, type: string): void {
	save(name, new Blob([text], { type }));
}

/** A sheet a table; the library that writes it is loaded when somebody asks for it. */
export async function saveAsXlsx(name: string, tables: readonly ExportTable[]): Promise<void> {
	const { default: writeXlsxFile } = await import('write-excel-file/universal');
	const sheets = tables.map(({ name: title, rows }) => ({
		sheet: title.replaceAll(NOT_IN_A_NAME, ' ').slice(0, MOST_IN_A_NAME),
		stickyRowsCount: 1,
		columns: (rows[0] ?? []).map((_, column) => ({ width: widthOf(rows.map((row) => row[column] ?? null)) })),
		data: rows.map((row, index) =>
			row.map((value) => (index === 0 ? { value: value ?? '', fontWeight: 'bold' as const } : value)),
		),
	}));
	save(`${name}.xlsx`, await writeXlsxFile(sheets).toBlob());
}

function widthOf(cells: readonly (string | number | null)[]): number {
	return Math.min(50, 2 + Math.max(...cells.map((cell) => String(cell ?? '').length)));
}

function save(name: string, blob: Blob): void {
	const url = URL.createObjectURL(blob);
	const link = Object.assign(document.createElement('a'), { href: url, download: name });
	link.click();
	// The browser has taken it by the next task.
	setTimeout(() => URL.revokeObjectURL(url));
}
