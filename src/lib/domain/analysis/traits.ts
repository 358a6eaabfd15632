import { BASKETS, type Basket } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS, Form, traitsOf, type Behaviour } from '#domain/observation/behaviour.ts';

/** What an incident has or has not, packed in ten bits: four forms, the basket, and four marks. */
export const TRAIT_VALUES = 1 << 10;

export type Mark = 'violent' | 'digital' | 'outsideSchool' | 'noInstigator';

const BASKET_SHIFT = Form.options.length;
const VIOLENT = 1 << (BASKET_SHIFT + 2);
const DIGITAL = VIOLENT << 1;
const OUTSIDE_SCHOOL = VIOLENT << 2;
/** Nobody who did it is known by name. */
export const NO_INSTIGATOR = VIOLENT << 3;
const BASKET_BITS = 3 << BASKET_SHIFT;

const FORM_BIT = Object.fromEntries(Form.options.map((form, index) => [form, 1 << index])) as Record<Form, number>;
const BASKET_CODE = Object.fromEntries(BASKETS.map((basket, index) => [basket, index])) as Record<Basket, number>;
const BEHAVIOUR_CODES = new Map<Behaviour, number>(BEHAVIOUR_IDS.map((behaviour, code) => [behaviour, code]));
const FORM_OF_BEHAVIOUR = Uint16Array.from(BEHAVIOUR_IDS, (behaviour) => {
	const { form } = traitsOf(behaviour);
	return form ? FORM_BIT[form] : 0;
});
const VIOLENT_BEHAVIOUR = Uint16Array.from(BEHAVIOUR_IDS, (behaviour) => (traitsOf(behaviour).violent ? VIOLENT : 0));

export function behaviourCode(behaviour: Behaviour): number {
	return BEHAVIOUR_CODES.get(behaviour) ?? 0;
}

/** Behaviours carry violence with them; forms only where nobody classified them otherwise. */
export function violenceOf(behaviour: number): number {
	return VIOLENT_BEHAVIOUR[behaviour] ?? 0;
}

export function formOf(behaviour: number): number {
	return FORM_OF_BEHAVIOUR[behaviour] ?? 0;
}

export function formsToTraits(forms: readonly Form[]): number {
	let traits = 0;
	for (const form of forms) traits |= FORM_BIT[form];
	return traits;
}

export function basketToTraits(basket: Basket): number {
	return BASKET_CODE[basket] << BASKET_SHIFT;
}

export function marksToTraits(digital: boolean, outsideSchool: boolean): number {
	return (digital ? DIGITAL : 0) | (outsideSchool ? OUTSIDE_SCHOOL : 0);
}

/** Of two accounts: all forms and marks of both, the heavier basket. */
export function joinTraits(a: number, b: number): number {
	const marks = (a | b) & ~BASKET_BITS;
	return marks | Math.max(a & BASKET_BITS, b & BASKET_BITS);
}

export function isGreen(traits: number): boolean {
	return (traits & BASKET_BITS) === 0;
}

export function hasForm(traits: number, form: Form): boolean {
	return (traits & FORM_BIT[form]) !== 0;
}

export function hasBasket(traits: number, basket: Basket): boolean {
	return (traits & BASKET_BITS) === basketToTraits(basket);
}

const MARK_BIT: Record<Mark, number> = {
	violent: VIOLENT,
	digital: DIGITAL,
	outsideSchool: OUTSIDE_SCHOOL,
	noInstigator: NO_INSTIGATOR,
};

export function hasMark(traits: number, mark: Mark): boolean {
	return (traits & MARK_BIT[mark]) !== 0;
}
