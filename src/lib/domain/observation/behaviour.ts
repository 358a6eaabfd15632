import * as z from 'zod/mini';
import { heavierBasket, type Basket } from './basket.ts';

/** Form of aggression (M5-03); digital is a channel beside it, not a form. */
export const Form = z.enum(['physical', 'verbal', 'nonVerbal', 'relational']);
export type Form = z.infer<typeof Form>;

export interface BehaviourTraits {
	/** Against whom: another child, or the group and its lesson (then the victim is the group). */
	readonly aim: 'child' | 'group' | 'good';
	readonly form: Form | null;
	/** Counts towards "about 20 % involve violence". */
	readonly violent: boolean;
	/** What the capture screen proposes; the person decides. */
	readonly basket: Basket;
}

const towards = (form: Form, basket: Basket, violent = false): BehaviourTraits => ({
	aim: 'child',
	form,
	violent,
	basket,
});
const againstGroup = (form: Form | null, basket: Basket): BehaviourTraits => ({
	aim: 'group',
	form,
	violent: false,
	basket,
});
const good: BehaviourTraits = { aim: 'good', form: null, violent: false, basket: 'green' };

/** Concrete behaviours a reporter can pick (M5-02), and good behaviour beside them (DUK-03). */
export const BEHAVIOURS = {
	pushing: towards('physical', 'orange', true),
	hittingKicking: towards('physical', 'red', true),
	exclusion: towards('relational', 'orange'),
	nameCalling: towards('verbal', 'orange'),
	ridicule: towards('nonVerbal', 'yellow'),
	gossip: towards('relational', 'yellow'),
	taking: towards('physical', 'orange'),
	threat: towards('verbal', 'red', true),
	breaking: towards('physical', 'orange'),
	tripping: towards('physical', 'orange', true),
	jokes: towards('verbal', 'yellow'),
	slurs: towards('verbal', 'red'),
	forcedLowMarks: towards('relational', 'orange'),
	waitingAfterSchool: towards('nonVerbal', 'red', true),
	unwantedTouch: towards('physical', 'red', true),
	gropingKissing: towards('physical', 'red', true),
	deathWishes: towards('verbal', 'red', true),
	forcedTheft: towards('relational', 'red', true),
	silencing: towards('relational', 'red'),
	forbiddingToReport: towards('relational', 'red'),
	defyingAuthority: againstGroup('verbal', 'orange'),
	insolence: againstGroup('verbal', 'yellow'),
	demandingAttention: againstGroup(null, 'yellow'),
	disturbingLesson: againstGroup('nonVerbal', 'yellow'),
	refusingWork: againstGroup(null, 'yellow'),
	lying: againstGroup('verbal', 'yellow'),
	wantingToBeSentOut: againstGroup(null, 'yellow'),
	sidingWithAdult: againstGroup('relational', 'yellow'),
	kindness: good,
	helping: good,
	comforting: good,
	including: good,
	standingUpFor: good,
	makingUp: good,
} as const satisfies Record<string, BehaviourTraits>;

export type Behaviour = keyof typeof BEHAVIOURS;
export const BEHAVIOUR_IDS = Object.keys(BEHAVIOURS) as [Behaviour, ...Behaviour[]];
export const Behaviour = z.enum(BEHAVIOUR_IDS);

export function traitsOf(behaviour: Behaviour): BehaviourTraits {
	return BEHAVIOURS[behaviour];
}

/** The basket to propose for what was picked: the heaviest of them; none picked, none proposed. */
export function proposedBasket(behaviours: readonly Behaviour[]): Basket | null {
	return behaviours
		.map((behaviour) => traitsOf(behaviour).basket)
		.reduce<Basket | null>((heaviest, next) => (heaviest ? heavierBasket(heaviest, next) : next), null);
}

/** The distinct forms of what was picked, in the order of the catalogue. */
export function formsOf(behaviours: readonly Behaviour[]): Form[] {
	return [...new Set(behaviours.flatMap((behaviour) => traitsOf(behaviour).form ?? []))];
}
