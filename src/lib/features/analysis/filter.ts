import type { Question } from '#domain/analysis/result.ts';
import type { Calendar } from '#domain/calendar/calendar.ts';
import { GroupId } from '#domain/id.ts';
import { roundDaysBefore, type RoundFacts } from '#domain/rounds/round-state.ts';
import { addDays, LocalDate } from '#domain/time/local-time.ts';

export type Period = 'days365' | 'sinceRound' | 'schoolYear' | 'own';

/** What one looks at. It stands in the address, so it holds no name: days and a group's id only. */
export interface Filter {
	readonly period: Period;
	/** Of an own period. */
	readonly from: LocalDate | null;
	readonly until: LocalDate | null;
	readonly groupId: GroupId | null;
	/** The day change counts from (M5-08): the last round unless another was chosen. */
	readonly since: LocalDate | 'lastRound' | 'none';
}

/** What the school's calendar and the rounds offer. */
export interface CalendarDays {
	readonly today: LocalDate;
	/** Held already, last first, within the counters' 365 days. */
	readonly rounds: readonly LocalDate[];
	readonly schoolYear: { readonly from: LocalDate } | null;
}

const PERIODS: readonly Period[] = ['days365', 'sinceRound', 'schoolYear', 'own'];

export const WHOLE_SCHOOL: Filter = { period: 'days365', from: null, until: null, groupId: null, since: 'lastRound' };

export function filterIn(query: URLSearchParams): Filter {
	const dateIn = (name: string) => {
		const parsed = LocalDate.safeParse(query.get(name));
		return parsed.success ? parsed.data : null;
	};
	const groupId = GroupId.safeParse(query.get('group'));
	return {
		period: PERIODS.find((period) => period === query.get('period')) ?? 'days365',
		from: dateIn('from'),
		until: dateIn('until'),
		groupId: groupId.success ? groupId.data : null,
		since: query.get('since') === 'none' ? 'none' : (dateIn('since') ?? 'lastRound'),
	};
}

export function analysisAddress({ period, from, until, groupId, since }: Filter): string {
	const query = new URLSearchParams();
	if (period !== 'days365') query.set('period', period);
	if (period === 'own' && from) query.set('from', from);
	if (period === 'own' && until) query.set('until', until);
	if (groupId) query.set('group', groupId);
	if (since !== 'lastRound') query.set('since', since);
	return query.size > 0 ? `/analysis?${query}` : '/analysis';
}

export function calendarDays(facts: RoundFacts & { calendars: readonly Calendar[] }, today: LocalDate): CalendarDays {
	const yearAgo = addDays(today, -364);
	const current = facts.calendars.find(({ from, until }) => from <= today && today <= until);
	return {
		today,
		rounds: roundDaysBefore(facts, today)
			.filter((date) => date >= yearAgo)
			.reverse(),
		schoolYear: current ? { from: current.from } : null,
	};
}

export function sinceOf({ since }: Filter, { rounds }: CalendarDays): LocalDate | null {
	if (since === 'none') return null;
	return since === 'lastRound' ? (rounds[0] ?? null) : since;
}

/** `null`: an own period that ends before it starts. */
export function questionOf(filter: Filter, days: CalendarDays): Question | null {
	const from = firstDay(filter, days);
	const until = filter.period === 'own' ? (filter.until ?? days.today) : days.today;
	if (from && from > until) return null;
	const since = sinceOf(filter, days);
	return {
		until,
		...(from ? { from } : {}),
		...(since && since < until ? { since } : {}),
		...(filter.groupId ? { groupId: filter.groupId } : {}),
	};
}

function firstDay({ period, from }: Filter, { rounds, schoolYear }: CalendarDays): LocalDate | null {
	switch (period) {
		case 'days365':
			return null;
		case 'sinceRound':
			return rounds[0] ? addDays(rounds[0], 1) : null;
		case 'schoolYear':
			return schoolYear?.from ?? null;
		case 'own':
			return from;
	}
}
