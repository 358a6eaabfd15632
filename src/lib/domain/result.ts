/** A refusal is a value the caller must look at; a bug is thrown. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): Result<T, never> {
	return { ok: true, value };
}

export function refuse<E>(error: E): Result<never, E> {
	return { ok: false, error };
}
