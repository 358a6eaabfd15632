import * as z from 'zod/mini';

/** Four baskets (DUK-03): green is wanted, yellow let pass, orange correct, red must stop. Mildest first. */
export const Basket = z.enum(['green', 'yellow', 'orange', 'red']);
export type Basket = z.infer<typeof Basket>;

export const BASKETS = Basket.options;

/** The heavier of two; an incident is as heavy as its heaviest account. */
export function heavierBasket(a: Basket, b: Basket): Basket {
	return BASKETS.indexOf(a) >= BASKETS.indexOf(b) ? a : b;
}
