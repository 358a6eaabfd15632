/** A day, a moment in UTC, or a time on the wall clock: as the documents write them, and nothing else around it. */
const TIME = /^(\d{4})-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$/;

/** Nobody at school speaks of years outside these; reckoning on from the last year there is would lead out of the calendar. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** @returns the path of a time in a document that lies in no year a school can mean; `null`: there is none. */
export function timeOutOfReach(document: object): string | null {
	const open: { readonly value: unknown; readonly path: string }[] = [{ value: document, path: '' }];
	for (let next = open.pop(); next; next = open.pop()) {
		const { value, path } = next;
		if (typeof value === 'string') {
			const year = Number(TIME.exec(value)?.[1] ?? FIRST_YEAR);
			if (year < FIRST_YEAR || year > LAST_YEAR) return path;
		} else if (typeof value === 'object' && value !== null)
			for (const [key, each] of Object.entries(value)) open.push({ value: each, path: path ? `${path}.${key}` : key });
	}
	return null;
}
