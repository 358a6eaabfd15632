import type { Calendar } from '#domain/calendar/calendar.ts';
import type { PersonId, RoundId, SchoolId, SiteId } from '#domain/id.ts';
import { addDays, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { calendarRoundId, type Round, type RoundEntry, type RoundEvent, type RoundMark } from './round.ts';

/** A principal walks past some eight groups a day, so a school of sixteen takes two. */
const WALK_DAYS = 2;

/** Who did it, and when. */
export interface Done {
	readonly by: PersonId;
	readonly at: Instant;
}

export interface RoundNote extends Done {
	readonly id: string;
	readonly text: string;
	/** `null`: of the whole school. */
	readonly groupId: Extract<RoundEvent, { kind: 'note' }>['groupId'];
}

export interface RoundState {
	readonly id: RoundId;
	/** `null`: every site. */
	readonly siteId: SiteId | null;
	readonly on: LocalDate;
	readonly until: LocalDate;
	readonly isCancelled: boolean;
	/** `null` while it runs or is still to come. */
	readonly closed: Done | null;
	/** In the order in which they were written. */
	readonly notes: readonly RoundNote[];
	/** What was done, by `keyOf`; what was taken back is not in it. */
	readonly done: ReadonlyMap<string, Done>;
}

export interface RoundFacts {
	readonly calendars: Iterable<Calendar>;
	readonly rounds: Iterable<Round>;
	readonly entries: Iterable<RoundEntry>;
}

/** What a mark is about, whether it is done or not: `talked pup_…`. */
function keyOf(mark: RoundMark): string {
	return `${mark.kind} ${'pupilId' in mark ? mark.pupilId : mark.groupId}`;
}

/** Every round that was ever planned, the earliest first; the order of the facts does not matter. */
export function foldRounds({ calendars, rounds, entries }: RoundFacts): RoundState[] {
	const planned = new Map<RoundId, Pick<RoundState, 'id' | 'siteId' | 'on' | 'until'>>();
	for (const { schoolId, rounds: days } of calendars) for (const on of days) add(fromCalendar(schoolId, on));
	for (const { id, siteId, on, until } of rounds) add({ id, siteId, on, until });
	const byRound = Map.groupBy([...entries].sort(byMoment), ({ roundId }) => roundId);
	return [...planned.values()]
		.map((round) => fold(round, byRound.get(round.id) ?? []))
		.sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1));

	function add(round: Pick<RoundState, 'id' | 'siteId' | 'on' | 'until'>) {
		planned.set(round.id, round);
	}
}

/** First days of the rounds before this day, each once, the earliest first: the days change is measured from (M5-08). */
export function roundDaysBefore(facts: RoundFacts, day: LocalDate): LocalDate[] {
	const days = foldRounds(facts).filter(({ isCancelled, on }) => !isCancelled && on < day);
	return [...new Set(days.map(({ on }) => on))];
}

function fromCalendar(schoolId: SchoolId, on: LocalDate) {
	return { id: calendarRoundId(schoolId, on), siteId: null, on, until: addDays(on, WALK_DAYS - 1) };
}

function fold(planned: Pick<RoundState, 'id' | 'siteId' | 'on' | 'until'>, entries: readonly RoundEntry[]): RoundState {
	let { on, until } = planned;
	let isCancelled = false;
	let closed: Done | null = null;
	const notes: RoundNote[] = [];
	const done = new Map<string, Done>();
	for (const { id, what, writtenBy: by, writtenAt: at } of entries) {
		switch (what.kind) {
			case 'moved':
				({ on, until } = what);
				break;
			case 'cancelled':
				isCancelled = true;
				break;
			case 'closed':
				// The first word counts: its snapshot is what later rounds are compared with.
				closed ??= { by, at };
				break;
			case 'note':
				notes.push({ id, by, at, text: what.text, groupId: what.groupId });
				break;
			default:
				if (what.done) done.set(keyOf(what), { by, at });
				else done.delete(keyOf(what));
		}
	}
	return { ...planned, on, until, isCancelled, closed, notes, done };
}

/** By when it was written, then by id: the same on every device. */
function byMoment(a: RoundEntry, b: RoundEntry): number {
	const [first, second] = [Date.parse(a.writtenAt), Date.parse(b.writtenAt)];
	return first === second ? (a.id < b.id ? -1 : 1) : first - second;
}
