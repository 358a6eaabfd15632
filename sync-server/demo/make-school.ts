import type { DomainDocument } from '#domain/document.ts';
import { incidentIdFor } from '#domain/id.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation, Withdrawal } from '#domain/observation/observation.ts';
import type { Person } from '#domain/school/roster.ts';
import { addDays, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { makeCast, type Cast } from './cast.ts';
import { COURSE_DAYS, courseOf } from './course.ts';
import { makeCases } from './demo-cases.ts';
import { makeRounds } from './demo-rounds.ts';
import { makeSignals } from './demo-signals.ts';
import { demoCalendars } from './demo-calendar.ts';
import { makeDemoRoster } from './demo-roster.ts';
import { happenings, type Happening } from './happening.ts';
import { diceFor } from './random.ts';
import { instantOf, makeTeller, type Told } from './telling.ts';

/** The school of the fact sheet (domain figures). */
export const DEMO_PUPILS = 433;
export const DEMO_OBSERVATIONS = 1415;
export const DEMO_SEED = 7;
/** A Friday in the school's first term: where no day is asked for, the same seed gives the same bytes for ever. */
export const DEMO_TODAY = '2026-11-20' as LocalDate;

export interface DemoSchool {
	readonly pupils: number;
	readonly observations: number;
	readonly seed: number;
	/** The day the demo plays on: the year before it is told, this day itself is still empty. */
	readonly today: LocalDate;
}

export interface ReceivedDocument {
	readonly doc: DomainDocument;
	readonly receivedAt: Instant;
}

/** Follow-ups of the demo's cases lie at most this far ahead, so the calendar must reach there. */
const CALENDAR_DAYS_AHEAD = 120;

const DOUBLE = 0.06;
const WITHDRAWN = 0.007;
/** In the last days the coordinator did not get round to everything. */
const INBOX_DAYS = 8;
const IN_INBOX = 0.8;

/** Rounds look back on the whole year, which is then kept in memory: not for a million observations. */
const MOST_WITH_ROUNDS = 20_000;

interface TheYear {
	readonly observations: Observation[];
	readonly withdrawals: Withdrawal[];
	readonly processings: Processing[];
}

function keep({ observations, withdrawals, processings }: TheYear, doc: DomainDocument): void {
	if (doc.type === 'observation') observations.push(doc);
	else if (doc.type === 'withdrawal') withdrawals.push(doc);
	else if (doc.type === 'processing') processings.push(doc);
}

/**
 * A school year that follows the figures schools report, with invented children only. Pure: the same numbers
 * give the same documents, byte for byte. One day is made at a time, so a million observations need no more
 * memory than the roster.
 */
export function* makeDemoSchool(school: DemoSchool): Generator<ReceivedDocument> {
	const { seed, today } = school;
	const firstDay = addDays(today, -COURSE_DAYS);
	const roster = makeDemoRoster(school.pupils, seed);
	const calendars = demoCalendars(roster.school.id, firstDay, addDays(today, CALENDAR_DAYS_AHEAD));
	const rounds = calendars.flatMap((calendar) => calendar.rounds);
	const cast = makeCast(roster, rounds, today, diceFor(seed, 'cast'));

	const enteredAt = instantOf(addDays(firstDay, -7), 9 * 60, 0);
	const { supervisors, teachers, coordinator, principal, board, confidant } = roster;
	const people = [...supervisors, ...teachers, coordinator, principal, board, confidant];
	for (const doc of [roster.school, roster.site, ...roster.groups, ...roster.places, ...calendars, ...people]) {
		yield { doc, receivedAt: enteredAt };
	}
	for (const pupils of roster.pupilsByGroup) for (const doc of pupils) yield { doc, receivedAt: enteredAt };

	const cases = makeCases(roster, cast, today, diceFor(seed, 'cases'));
	const told: TheYear = { observations: [], withdrawals: [], processings: [] };
	const hasRounds = school.observations <= MOST_WITH_ROUNDS;
	for (const each of tellTheYear(school, roster, cast, calendars)) {
		if (each.doc.type === 'processing') cases.note(each.doc);
		if (hasRounds) keep(told, each.doc);
		yield each;
	}
	yield* cases.documents();
	yield* makeSignals(roster, today, diceFor(seed, 'signals'));
	if (!hasRounds) return;
	const { groups, places, school: schoolDoc } = roster;
	const facts = { ...told, groups, places, pupils: roster.pupilsByGroup.flat(), schools: [schoolDoc], calendars };
	yield* makeRounds(roster, facts, today, seed);
}

function* tellTheYear(
	{ observations, seed, today }: DemoSchool,
	roster: ReturnType<typeof makeDemoRoster>,
	cast: Cast,
	calendars: ReturnType<typeof demoCalendars>,
): Generator<Told<DomainDocument>> {
	const dice = diceFor(seed, 'telling');
	const happen = happenings(cast, diceFor(seed, 'happening'));
	const teller = makeTeller(roster, today, dice);
	const inboxFrom = addDays(today, -INBOX_DAYS);
	let unknownStillToCome = true;

	for (const day of courseOf(observations, today, calendars)) {
		const isRecent = day.date >= inboxFrom;
		const took: { happening: Happening; accounts: number }[] = [];
		for (let told = 0; told < day.observations;) {
			const accounts = told + 2 <= day.observations && took.length > 0 && dice.chance(DOUBLE) ? 2 : 1;
			took.push({ happening: happen(day.date, day.isSchoolDay), accounts });
			told += accounts;
		}
		took.sort((a, b) => a.happening.minute - b.happening.minute);

		for (const { happening, accounts } of took) {
			const reporters: Person[] = [];
			let first: Told<Observation> | undefined;
			for (let account = 0; account < accounts; account++) {
				const isUnknown = isRecent && unknownStillToCome && accounts === 1 && happening.basket !== 'green';
				if (isUnknown) unknownStillToCome = false;
				const told = teller.observation(happening, reporters, isUnknown);
				first ??= told;
				yield told;
				if (dice.chance(WITHDRAWN)) {
					yield teller.withdrawal(told);
					continue;
				}
				if (isUnknown || (isRecent && dice.chance(IN_INBOX))) continue;
				yield teller.processing(told, happening, incidentIdFor(first.doc.id));
			}
		}
	}
}
