/** Of the chart drawn before: the next one mostly stands in a place like it, and is right at once. */
const LAST = new Map<string, number>();

/**
 * How wide a chart stands, as the browser tells it after it laid out the page. Asking an element for its width would make the
 * browser lay out all of the page at once, for every chart anew.
 */
export class Width {
	readonly #kind: string;
	#current: number;

	/** `kind`: charts that stand in like places. */
	constructor(kind: string, atFirst: number) {
		this.#kind = kind;
		this.#current = $state(LAST.get(kind) ?? atFirst);
	}

	/** In CSS pixels. */
	get current(): number {
		return this.#current;
	}

	/** An attachment for the element that is measured. */
	follow = (element: Element) => {
		const observer = new ResizeObserver(([entry]) => {
			const width = Math.round(entry?.contentRect.width ?? 0);
			if (width === 0) return;
			LAST.set(this.#kind, width);
			this.#current = width;
		});
		observer.observe(element);
		return () => observer.disconnect();
	};
}
