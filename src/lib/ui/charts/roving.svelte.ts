/**
 * Keys for the marks of a chart: one of them is in the tab order, arrows walk on to the others (APG roving
 * tabindex), so that forty bars are one stop on the way through the page.
 */
export class Roving {
	current = $state(0);
	readonly #columns: () => number;

	/** `columns`: marks in a row, to walk a grid up and down; 1 when up and left are the same. */
	constructor(columns: () => number = () => 1) {
		this.#columns = columns;
	}

	tabindex(index: number, count: number): 0 | -1 {
		return index === Math.min(this.current, count - 1) ? 0 : -1;
	}

	/** For the element around the marks, which carry `data-mark` and their number in the grid. */
	onkeydown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
		const marks = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-mark]')];
		const here = marks.findIndex((mark) => mark === document.activeElement);
		const target = here < 0 ? undefined : this.#target(event.key, marks, here);
		if (!target) return;
		event.preventDefault();
		event.stopPropagation();
		target.focus();
	};

	onfocusin = (event: FocusEvent) => {
		const mark = (event.target as HTMLElement).closest<HTMLElement>('[data-mark]');
		if (mark) this.current = Number(mark.dataset.mark);
	};

	#target(key: string, marks: readonly HTMLElement[], here: number): HTMLElement | undefined {
		if (key === 'Home') return marks[0];
		if (key === 'End') return marks.at(-1);
		if (key === 'ArrowRight') return marks[here + 1];
		if (key === 'ArrowLeft') return marks[here - 1];
		const columns = this.#columns();
		if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
		const down = key === 'ArrowDown' ? 1 : -1;
		if (columns === 1) return marks[here + down];
		return aboveOrBelow(marks, here, down, columns);
	}
}

/** The next mark in the same column; in a grid with holes, the nearest in the next row that has any. */
function aboveOrBelow(marks: readonly HTMLElement[], here: number, down: 1 | -1, columns: number) {
	const cell = (mark: HTMLElement) => Number(mark.dataset.mark);
	const at = cell(marks[here] as HTMLElement);
	const rowOf = (mark: HTMLElement) => Math.floor(cell(mark) / columns);
	const row = Math.floor(at / columns);
	const rows = marks.map(rowOf).filter((each) => (down === 1 ? each > row : each < row));
	const next = down === 1 ? Math.min(...rows) : Math.max(...rows);
	const away = (mark: HTMLElement) => Math.abs((cell(mark) % columns) - (at % columns));
	return marks.filter((mark) => rowOf(mark) === next).toSorted((a, b) => away(a) - away(b))[0];
}
