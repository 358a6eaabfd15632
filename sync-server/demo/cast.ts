import type { PupilId } from '#domain/id.ts';
import { dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import { COURSE_DAYS } from './course.ts';
import type { DemoRoster } from './demo-roster.ts';
import { shuffled, weighted, type Dice, type Weighted } from './random.ts';

/** About 80 % of incidents come from about 10 % of the pupils (domain figures); not all of the 10 % go on all year. */
const FREQUENT_PART = 0.1;
const INCIDENTS_BY_FREQUENT = 0.82;

/** Two of sixteen groups have a structural problem: 2 to 4 observations a day where others have about one. */
const GROUPS_PER_STRUCTURAL = 8;
const FREQUENT_IN_STRUCTURAL = 6;
const STRUCTURAL_WEIGHT = 1.5;
const STRUCTURAL_VICTIMS = 2;
/** How much more often the first of the frequent ones goes too far than the last: about three times. */
const RANK_SHIFT = 0.12;
const STRUCTURAL_YEARS = [5, 6, 7];

/** Of the pupils who were spoken to, this part of those in calm groups stops for good. */
const STOPS = 0.45;
const FIRST_STOP_DAY = 120;
const LAST_STOP_DAY = 310;

/** A pupil of the demo: a number within the cast, with the group's number. */
export interface Child {
	readonly id: PupilId;
	readonly group: number;
}

export interface Frequent extends Child {
	readonly weight: number;
	/** A class round after which nothing more is told about this pupil (M5-14). */
	readonly stopsAfter: LocalDate | null;
}

/** Who does what to whom in the demo school. */
export interface Cast {
	/** Those who often go too far, the most frequent first. */
	readonly frequent: readonly Frequent[];
	readonly structuralGroups: ReadonlySet<number>;
	instigatorOn(date: LocalDate): Child;
	/** Another child: mostly of the same group, and where there is a structural problem often the same child. */
	victimOf(instigator: Child): Child;
	classmateOf(child: Child): Child;
	/** Who joins in: another frequent child of the same group, where there is one. */
	companionOf(instigator: Child): Child;
	anybody(): Child;
}

export function makeCast(roster: DemoRoster, rounds: readonly LocalDate[], today: LocalDate, dice: Dice): Cast {
	const groups = roster.pupilsByGroup.map((pupils, group) => pupils.map(({ id }): Child => ({ id, group })));
	const everybody = groups.flat();
	const structuralGroups = new Set(
		shuffled(
			roster.groups.flatMap((group, index) => (STRUCTURAL_YEARS.includes(group.yearGroups[0] ?? 0) ? index : [])),
			dice,
		).slice(0, Math.max(1, Math.round(groups.length / GROUPS_PER_STRUCTURAL))),
	);
	const frequent = chooseFrequent();
	const frequentIds = new Set(frequent.map((child) => child.id));
	const occasional = everybody.filter((child) => !frequentIds.has(child.id));
	const targets = new Map(
		[...structuralGroups].map((group) => [
			group,
			shuffled(
				(groups[group] ?? []).filter((child) => !frequentIds.has(child.id)),
				dice,
			).slice(0, STRUCTURAL_VICTIMS),
		]),
	);

	function chooseFrequent(): Frequent[] {
		const wanted = Math.max(1, Math.round(everybody.length * FREQUENT_PART));
		const structural = [...structuralGroups].flatMap((group) =>
			shuffled(groups[group] ?? [], dice).slice(0, FREQUENT_IN_STRUCTURAL),
		);
		// The upper groups have more of them than the infants.
		const others = shuffled(everybody, dice).filter(
			({ group }) => !structuralGroups.has(group) && dice.unit() < (roster.groups[group]?.yearGroups[0] ?? 0) / 8,
		);
		const stops = rounds.filter((round) => {
			const day = dayNumber(round) - (dayNumber(today) - COURSE_DAYS);
			return day >= FIRST_STOP_DAY && day <= LAST_STOP_DAY;
		});
		return shuffled([...structural, ...others].slice(0, wanted), dice).map((child, rank) => {
			const inStructural = structuralGroups.has(child.group);
			const stopsAfter = stops.length > 0 && !inStructural && dice.chance(STOPS) ? dice.pick(stops) : null;
			return {
				...child,
				weight: (inStructural ? STRUCTURAL_WEIGHT : 1) / Math.sqrt(rank / wanted + RANK_SHIFT),
				stopsAfter,
			};
		});
	}

	let activeFor: LocalDate | null = null;
	let active: Weighted<Child> | null = null;
	/** Those who did not stop yet; drawn up once a day. */
	function activeOn(date: LocalDate): Weighted<Child> | null {
		if (date !== activeFor) {
			const left = frequent.filter(({ stopsAfter }) => stopsAfter === null || stopsAfter >= date);
			active = left.length > 0 ? weighted(left.map((child) => [child, child.weight])) : null;
			activeFor = date;
		}
		return active;
	}

	function otherThan(child: Child, from: readonly Child[]): Child {
		const others = from.filter((other) => other.id !== child.id);
		return others.length > 0 ? dice.pick(others) : dice.pick(everybody);
	}

	const frequentByGroup = groups.map((children) => children.filter((child) => frequentIds.has(child.id)));
	return {
		frequent,
		structuralGroups,
		instigatorOn(date) {
			const often = activeOn(date);
			return often && (occasional.length === 0 || dice.chance(INCIDENTS_BY_FREQUENT))
				? often.at(dice.unit())
				: dice.pick(occasional);
		},
		victimOf(instigator) {
			const fixed = targets.get(instigator.group);
			if (fixed && fixed.length > 0 && dice.chance(0.5)) return otherThan(instigator, fixed);
			const own = groups[instigator.group] ?? [];
			if (dice.chance(0.75)) return otherThan(instigator, own);
			// Year groups that share the playground lie next to each other.
			const near = groups[Math.max(0, Math.min(groups.length - 1, instigator.group + dice.between(-2, 2)))] ?? own;
			return otherThan(instigator, near);
		},
		classmateOf: (child) => otherThan(child, groups[child.group] ?? []),
		companionOf(instigator) {
			const often = (frequentByGroup[instigator.group] ?? []).filter((child) => child.id !== instigator.id);
			return often.length > 0 ? dice.pick(often) : otherThan(instigator, groups[instigator.group] ?? []);
		},
		anybody: () => dice.pick(everybody),
	};
}
