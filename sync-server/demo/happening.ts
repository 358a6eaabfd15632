import type { Basket } from '#domain/observation/basket.ts';
import { proposedBasket, traitsOf, type Behaviour } from '#domain/observation/behaviour.ts';
import type { Means } from '#domain/observation/observation.ts';
import type { PlaceKind } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Cast, Child } from './cast.ts';
import { weighted, type Dice, type Weighted } from './random.ts';

/** What really took place in the demo school, before anybody told it. */
export interface Happening {
	readonly date: LocalDate;
	/** Minutes since midnight. */
	readonly minute: number;
	readonly place: PlaceKind | null;
	readonly outsideSchool: boolean;
	readonly digital: boolean;
	/** Of a green one: who did something good. */
	readonly instigators: readonly Child[];
	/** Of a green one: for whom. */
	readonly victims: readonly Child[];
	readonly bystanders: readonly Child[];
	/** The number of the group it was aimed at as a whole. */
	readonly victimGroup: number | null;
	readonly behaviours: readonly Behaviour[];
	readonly basket: Basket;
	readonly means: readonly Means[];
}

/** Per hundred happenings; the baskets come out at about 60 yellow, 30 orange and 10 red of what is unwanted. */
const OFTEN: Record<Behaviour, number> = {
	...{ jokes: 13, ridicule: 13.5, gossip: 8.5, nameCalling: 9, exclusion: 7.5, pushing: 8, tripping: 3.4, taking: 2.6 },
	...{ breaking: 1.6, hittingKicking: 5.2, threat: 1, slurs: 1.2, forcedLowMarks: 0.4, waitingAfterSchool: 0.4 },
	...{ unwantedTouch: 0.4, gropingKissing: 0.35, deathWishes: 0.35, forcedTheft: 0.35, silencing: 0.35 },
	...{ forbiddingToReport: 0.35, disturbingLesson: 7, insolence: 4.5, demandingAttention: 3.5, refusingWork: 3.5 },
	...{ defyingAuthority: 1.6, lying: 1.6, wantingToBeSentOut: 0.8, sidingWithAdult: 0.7 },
	...{ kindness: 1.2, helping: 2, comforting: 1.2, including: 1.2, standingUpFor: 0.8, makingUp: 0.8 },
};
const BEHAVIOUR_BY_ODDS = weighted(Object.entries(OFTEN) as [Behaviour, number][]);

/** Steps of the golden ratio fall evenly everywhere: rare behaviours happen in a small school too. */
const GOLDEN_STEP = 0.618033988749895;

const SECOND_BEHAVIOUR = 0.1;
const MILDER_THAN_PROPOSED = 0.1;
const SECOND_INSTIGATOR = 0.12;
const DIGITAL = 0.12;

const CAN_BE_DIGITAL: ReadonlySet<Behaviour> = new Set([
	...(['jokes', 'gossip', 'nameCalling', 'exclusion', 'slurs', 'deathWishes', 'threat', 'silencing'] as const),
]);

type Odds = readonly (readonly [PlaceKind | null, number])[];
const OUTDOORS: Odds = [
	...([
		['playground', 26],
		['footballField', 20],
		['climbingFrame', 7],
		['sandpit', 3],
		['bicycleShed', 4],
	] as const),
];
const PLACES = {
	group: weighted<PlaceKind | null>([
		['classroom', 80],
		['gym', 8],
		['corridor', 6],
		['canteen', 5],
		[null, 1],
	]),
	physical: weighted<PlaceKind | null>([
		...OUTDOORS,
		...([
			['corridor', 8],
			['cloakroom', 8],
			['gym', 6],
			['classroom', 6],
			['toilets', 3],
			['route', 3],
			[null, 1],
		] as const),
	]),
	other: weighted<PlaceKind | null>([
		...OUTDOORS,
		...([
			['classroom', 22],
			['corridor', 7],
			['canteen', 7],
			['cloakroom', 4],
			['toilets', 3],
			['gym', 3],
		] as const),
		...([
			['route', 1.5],
			['other', 1.5],
			[null, 2],
		] as const),
	]),
} satisfies Record<string, Weighted<PlaceKind | null>>;

/** Minutes since midnight, both ends included, with their odds. */
type Hours = Weighted<readonly [number, number]>;
const at = (hour: number, minute = 0) => hour * 60 + minute;
const IN_BREAKS: Hours = weighted([
	[[at(8, 15), at(8, 29)], 8],
	[[at(10, 15), at(10, 29)], 30],
	[[at(12), at(12, 44)], 52],
	[[at(14, 15), at(14, 44)], 10],
]);
const IN_LESSONS: Hours = weighted([
	[[at(8, 30), at(10, 14)], 40],
	[[at(10, 30), at(11, 59)], 30],
	[[at(12, 45), at(14, 14)], 30],
]);
const BETWEEN: Hours = weighted([
	[[at(8, 25), at(8, 35)], 20],
	[[at(10, 10), at(10, 35)], 30],
	[[at(11, 55), at(12, 10)], 20],
	[[at(12, 40), at(12, 50)], 10],
	[[at(14, 10), at(14, 25)], 20],
]);
const AT_LUNCH: Hours = weighted([[[at(12), at(12, 25)], 1]]);
const ON_THE_WAY: Hours = weighted([
	[[at(7, 55), at(8, 14)], 1],
	[[at(14, 45), at(15, 30)], 2],
]);
const IN_THE_EVENING: Hours = weighted([[[at(15, 30), at(21, 30)], 1]]);

const HOURS: Record<PlaceKind, Hours> = {
	...{ playground: IN_BREAKS, footballField: IN_BREAKS, climbingFrame: IN_BREAKS, sandpit: IN_BREAKS },
	...{ bicycleShed: IN_BREAKS, classroom: IN_LESSONS, gym: IN_LESSONS, other: IN_LESSONS, corridor: BETWEEN },
	...{ cloakroom: BETWEEN, toilets: BETWEEN, canteen: AT_LUNCH, route: ON_THE_WAY, online: IN_THE_EVENING },
};

const MEANS: Partial<Record<PlaceKind, readonly Means[]>> = {
	footballField: ['ball'],
	playground: ['ball', 'stick', 'clothing'],
	sandpit: ['sandOrSnow'],
	bicycleShed: ['bicycle', 'bag'],
	cloakroom: ['bag', 'clothing'],
	classroom: ['other', 'bag'],
	online: ['chat', 'game', 'socialMedia', 'photoOrVideo', 'phone'],
};

/** Draws happenings one after another. */
export function happenings(cast: Cast, dice: Dice): (date: LocalDate, isSchoolDay: boolean) => Happening {
	let turn = dice.unit();
	function nextBehaviour(): Behaviour {
		turn = (turn + GOLDEN_STEP) % 1;
		return BEHAVIOUR_BY_ODDS.at(turn);
	}

	return (date, isSchoolDay) => {
		const behaviour = nextBehaviour();
		const { aim, form } = traitsOf(behaviour);
		const digital = CAN_BE_DIGITAL.has(behaviour) && (!isSchoolDay || dice.chance(DIGITAL));
		const placeOdds = aim === 'group' ? PLACES.group : form === 'physical' ? PLACES.physical : PLACES.other;
		// Without school it happens online or in the neighbourhood.
		const place = digital ? 'online' : isSchoolDay ? placeOdds.at(dice.unit()) : 'route';
		const [from, until] = (isSchoolDay ? HOURS[place ?? 'other'] : IN_THE_EVENING).at(dice.unit());

		const instigator = aim === 'good' ? cast.anybody() : cast.instigatorOn(date);
		const instigators = [instigator];
		if (aim === 'child' && dice.chance(SECOND_INSTIGATOR)) instigators.push(cast.companionOf(instigator));
		const victims = aim === 'group' || dice.chance(0.04) ? [] : [cast.victimOf(instigator)];
		if (victims.length > 0 && dice.chance(0.06)) victims.push(cast.classmateOf(instigator));
		const behaviours = [
			behaviour,
			...(aim === 'child' && dice.chance(SECOND_BEHAVIOUR) ? companionOf(behaviour, dice) : []),
		];
		return {
			date,
			minute: dice.between(from, until),
			place,
			outsideSchool: place === 'online' || place === 'route',
			digital,
			instigators,
			victims: distinct(victims, instigators),
			bystanders: dice.chance(0.2) ? distinct([cast.classmateOf(instigator)], [...instigators, ...victims]) : [],
			victimGroup: aim === 'group' ? instigator.group : null,
			behaviours,
			basket: basketFor(behaviours, dice),
			means: place && aim !== 'good' && (digital || dice.chance(0.15)) ? meansAt(place, dice) : [],
		};
	};
}

/** A milder thing that goes along with it. */
function companionOf(behaviour: Behaviour, dice: Dice): Behaviour[] {
	const companion = dice.pick(['jokes', 'ridicule', 'nameCalling', 'gossip'] as const);
	return companion === behaviour ? [] : [companion];
}

/** The app proposes a basket; the person decides, and now and then thinks it was less than that. */
function basketFor(behaviours: readonly Behaviour[], dice: Dice): Basket {
	const proposed = proposedBasket(behaviours) ?? 'yellow';
	if (proposed === 'orange' && dice.chance(MILDER_THAN_PROPOSED)) return 'yellow';
	if (proposed === 'red' && dice.chance(MILDER_THAN_PROPOSED)) return 'orange';
	return proposed;
}

function meansAt(place: PlaceKind, dice: Dice): Means[] {
	const possible = MEANS[place];
	return possible ? [dice.pick(possible)] : [];
}

function distinct(children: readonly Child[], taken: readonly Child[]): Child[] {
	const seen = new Set(taken.map((child) => child.id));
	return children.filter((child) => !seen.has(child.id) && seen.add(child.id));
}
