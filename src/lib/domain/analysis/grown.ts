/** A copy of twice the length; what is new is zero. */
export function grown<A extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array>(values: A): A {
	const copy = new (values.constructor as new (length: number) => A)(values.length * 2);
	copy.set(values);
	return copy;
}
