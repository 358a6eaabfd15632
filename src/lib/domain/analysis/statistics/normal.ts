/** From here on the continued fraction converges faster than the series. */
const SERIES_UP_TO = 2.5;
const TERMS = 200;

/** The chance that a standard normal lies further from 0 than `z`, on either side: erfc(|z| / √2), to double precision. */
export function outsideNormal(z: number): number {
	const x = Math.abs(z) / Math.SQRT2;
	if (x < SERIES_UP_TO) {
		let term = x;
		let sum = x;
		for (let n = 1; n < TERMS; n++) {
			term *= (2 * x * x) / (2 * n + 1);
			sum += term;
			if (term < sum * 1e-17) break;
		}
		return 1 - ((2 * Math.exp(-x * x)) / Math.sqrt(Math.PI)) * sum;
	}
	// erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …)))), from the innermost term outwards.
	let fraction = x;
	for (let n = TERMS; n > 0; n--) fraction = x + n / 2 / fraction;
	return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
