import type { ObservationId, PupilId } from '#domain/id.ts';
import type { Behaviour } from '#domain/observation/behaviour.ts';
import type { ParticipantRole } from '#domain/observation/observation.ts';
import { dateOf, type LocalDateTime } from '#domain/time/local-time.ts';
import type { InboxItem } from './inbox-items.ts';
import { draftOf } from './process-observation.ts';

/** Two adults who tell of one quarrel write it down within the hour. */
const MAX_MINUTES_APART = 60;

/** "Yesterday at lunch" is easily an hour and a half beside the truth. */
const MAX_MINUTES_APART_ABOUT = 150;

/** Below this the likeness is too thin to show: a place and an hour alone are shared by many. */
const MIN_SCORE = 0.5;

/** Who was in it weighs most; together they make 1. */
const WEIGHT = { persons: 0.5, time: 0.2, place: 0.15, behaviour: 0.15 } as const;

/** Why two observations look alike, to be said in words beside the score. */
export interface Likeness {
	readonly minutesApart: number;
	readonly samePlace: boolean;
	readonly sharedInstigators: readonly PupilId[];
	readonly sharedVictims: readonly PupilId[];
	readonly sharedBehaviours: readonly Behaviour[];
	/** One reporter seldom tells the same thing twice. */
	readonly sameReporter: boolean;
}

export interface LikelyDouble {
	readonly observationId: ObservationId;
	/** 0 to 1; a person decides. */
	readonly score: number;
	readonly likeness: Likeness;
}

/** Other observations that may tell of the same event, likeliest first (M5-07). */
export function likelyDoubles(item: InboxItem, items: readonly InboxItem[]): LikelyDouble[] {
	const day = dateOf(item.observation.occurredAt);
	return items
		.flatMap((other) => {
			if (other.observation.id === item.observation.id || other.state === 'setAside') return [];
			// Told of another day is another event; asked first, because a school year is compared at every step.
			if (dateOf(other.observation.occurredAt) !== day) return [];
			const double = compare(item, other);
			return double ? [double] : [];
		})
		.sort((a, b) => b.score - a.score || (a.observationId < b.observationId ? -1 : 1));
}

function compare(a: InboxItem, b: InboxItem): LikelyDouble | null {
	const minutesApart = Math.abs(minutesOf(a.observation.occurredAt) - minutesOf(b.observation.occurredAt));
	const about = a.observation.precision === 'about' || b.observation.precision === 'about';
	const maxMinutes = about ? MAX_MINUTES_APART_ABOUT : MAX_MINUTES_APART;
	if (minutesApart > maxMinutes) return null;

	const [mine, theirs] = [draftOf(a), draftOf(b)];
	if ((mine.basket === 'green') !== (theirs.basket === 'green')) return null;
	const actors = overlap(pupilsIn(a, ACTORS), pupilsIn(b, ACTORS));
	const victims = overlap(pupilsIn(a, AIMED_AT), pupilsIn(b, AIMED_AT));
	if (actors.shared.length + victims.shared.length === 0) return null;

	const behaviours = overlap(mine.behaviours, theirs.behaviours);
	const samePlace = mine.placeId !== null && mine.placeId === theirs.placeId;
	const sameReporter = a.observation.reporterId !== undefined && a.observation.reporterId === b.observation.reporterId;
	const persons = (actors.share + victims.share) / 2;
	const score =
		(WEIGHT.persons * persons +
			WEIGHT.time * (1 - minutesApart / maxMinutes) +
			WEIGHT.place * Number(samePlace) +
			WEIGHT.behaviour * behaviours.share) *
		(sameReporter ? 0.7 : 1);
	if (score < MIN_SCORE) return null;
	return {
		observationId: b.observation.id,
		score,
		likeness: {
			minutesApart,
			samePlace,
			sharedInstigators: actors.shared,
			sharedVictims: victims.shared,
			sharedBehaviours: behaviours.shared,
			sameReporter,
		},
	};
}

const ACTORS: readonly ParticipantRole[] = ['instigator', 'contributor'];
const AIMED_AT: readonly ParticipantRole[] = ['victim', 'beneficiary'];

function pupilsIn(item: InboxItem, roles: readonly ParticipantRole[]): PupilId[] {
	return draftOf(item).participants.flatMap((each) =>
		'pupilId' in each && roles.includes(each.role) ? each.pupilId : [],
	);
}

/** Shared part of all that either names; nothing on both sides says neither yes nor no. */
function overlap<T>(a: readonly T[], b: readonly T[]): { shared: T[]; share: number } {
	const union = new Set([...a, ...b]);
	const shared = [...new Set(a)].filter((each) => b.includes(each));
	return { shared, share: union.size === 0 ? 0.5 : shared.length / union.size };
}

/** Within its day. */
function minutesOf(moment: LocalDateTime): number {
	return Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16));
}
