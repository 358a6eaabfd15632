interface Kind<A> {
	readonly BYTES_PER_ELEMENT: number;
	new (length: number): A;
	new (memory: SharedArrayBuffer): A;
}

/** What a school fills in decades; a board or a country has more. */
const LARGE_BYTES = 1 << 20;

/**
 * Flat memory for so many numbers, all 0. Large pieces are shared memory where there is such a thing: for every 64 MB of
 * ordinary buffers V8 looks through all that is on the heap, and a million documents are there. It took half the time.
 * What crosses to another thread must be ordinary memory: ask for less than is large, and let it grow.
 */
export function room<A>(kind: Kind<A>, length: number): A {
	const bytes = length * kind.BYTES_PER_ELEMENT;
	const isOrdinary = bytes < LARGE_BYTES || typeof SharedArrayBuffer === 'undefined';
	return isOrdinary ? new kind(length) : new kind(new SharedArrayBuffer(bytes));
}
