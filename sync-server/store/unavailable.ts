/**
 * The store cannot be reached or written for now; the same work may succeed later, without a restart. Whoever waits
 * for an answer is told to come back (503), and nothing is receipted. `message` is a sentence for who hosts it, and
 * names no address and no document.
 */
export class StoreUnavailable extends Error {
	constructor(what: string, cause?: unknown) {
		super(what, { cause });
	}
}
