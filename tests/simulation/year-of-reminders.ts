import { schoolDaysOf } from '#domain/calendar/school-days.ts';
import { dutchClosures } from '#domain/calendar/dutch-holidays.ts';
import type { Absence } from '#domain/calendar/absence.ts';
import type { Case, FollowUpOutcome } from '#domain/cases/case.ts';
import { historiesOf } from '#domain/cases/case-history.ts';
import { runCase } from '#domain/cases/run-case.ts';
import type { StepRecord } from '#domain/cases/step-record.ts';
import { SHIPPED_PROTOCOLS } from '#domain/protocols/shipped-protocols.ts';
import { dueReminders, type DueReminder } from '#domain/reminders/due.ts';
import { newNotices, type Notice } from '#domain/reminders/notices.ts';
import { openReminders } from '#domain/reminders/plan-reminders.ts';
import { addDays, isoWeekday, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { diceFor, type Dice } from '#server/demo/random.ts';
import { aCalendar, aFollowUp } from '#tests/factories/cases.ts';
import { inventedCase, recordOf, staff } from '#tests/factories/invented-cases.ts';
import { anId } from '#tests/factories/school.ts';

interface Wanted {
	readonly days: number;
	readonly cases: number;
	readonly seed: number;
}

export interface YearReport {
	readonly days: number;
	readonly cases: number;
	readonly reminders: number;
	readonly told: number;
	readonly escalated: number;
	/** What went against a promise, in words; empty when all is well. */
	readonly broken: readonly string[];
}

const START = '2026-08-01' as LocalDate;
const SCHOOL_YEARS = ['2026-2027', '2027-2028'] as const;

/** Of what is due today, somebody does something about so much; the rest waits, and some of it for too long. */
const ACTS = 0.25;

/**
 * A school's year, day by day: cases open, people are told, take steps, move, hand over, cancel or let it wait, and some are
 * away. Who was told what is kept here and held against the reminders by code of its own, which knows weekends and the
 * list of closures only.
 */
export function playYear({ days, cases: wanted, seed }: Wanted): YearReport {
	const dice = diceFor(seed, 'year of reminders');
	const calendars = SCHOOL_YEARS.map((year, index) =>
		aCalendar({
			id: anId('calendar', index + 1),
			from: `${year.slice(0, 4)}-08-01` as LocalDate,
			until: `${year.slice(5)}-07-31` as LocalDate,
			closures: [...dutchClosures('middle', year), ...studyDays(Number(year.slice(0, 4)))],
		}),
	);
	const schoolDays = schoolDaysOf(calendars);
	const closed = new Set(calendars.flatMap(({ closures }) => closures.flatMap(daysOf)));
	const hasSchool = (day: LocalDate) => isoWeekday(day) < 6 && !closed.has(day);
	const people = staff();
	const opensOn = Array.from({ length: wanted }, () => dice.between(0, Math.max(0, days - 30)));
	const school = { cases: new Array<Case>(), records: new Array<StepRecord>(), outcomes: new Array<FollowUpOutcome>() };
	const followUps = new Array<ReturnType<typeof aFollowUp>>();
	const absences = new Array<Absence>();
	const told = new Set<string>();
	const watch = watchPromises(hasSchool);

	for (let n = 0; n < days; n++) {
		const today = addDays(START, n);
		for (const [index, day] of opensOn.entries()) {
			if (day !== n) continue;
			const subject = inventedCase(index + 1, today, dice);
			school.cases.push(subject);
			if (dice.chance(0.3))
				followUps.push(
					aFollowUp(followUps.length + 1, addDays(today, dice.between(3, 90)), {
						...{ caseId: subject.id, ownerId: subject.openedBy, setAt: `${today}T11:00:00.000Z` as Instant },
					}),
				);
		}
		if (dice.chance(0.2)) absences.push(anAbsence(absences.length + 1, today, dice));
		const facts = { ...school, followUps, calendars, people, today };
		const due = dueReminders(openReminders(facts), today, { people, absences, cases: school.cases });
		const notices = newNotices(due, { today, days: schoolDays, told });
		for (const { key } of notices) told.add(key);
		watch.day(today, due, notices);
		if (hasSchool(today))
			for (const each of due) if (each.state !== 'upcoming' && dice.chance(ACTS)) act(each, today, school, dice);
	}
	return { days, cases: school.cases.length, ...watch.report() };
}

/** Takes the step, or moves, hands over or cancels it. */
function act(
	{ reminder }: DueReminder,
	today: LocalDate,
	school: { cases: Case[]; records: StepRecord[]; outcomes: FollowUpOutcome[] },
	dice: Dice,
): void {
	const subject = school.cases.find(({ id }) => id === reminder.caseId);
	if (!subject) return;
	const what = dice.unit();
	const record = (outcome: FollowUpOutcome['outcome']) =>
		school.outcomes.push({
			...{ type: 'followUpOutcome', v: 1, id: anId('followUpOutcome', school.outcomes.length + 1) },
			...{ schoolId: subject.schoolId, caseId: subject.id, followUpId: reminder.followUpId, outcome },
			...{ recordedBy: reminder.ownerId, recordedAt: `${today}T13:00:00.000Z` as Instant },
		});
	if (what < 0.1) return void record({ kind: 'moved', plannedOn: addDays(today, dice.between(1, 30)) });
	if (what < 0.15) return void record({ kind: 'handedOver', ownerId: dice.pick(subject.memberIds) });
	if (what < 0.2) return void record({ kind: 'cancelled' });
	if (reminder.step === undefined) return void record({ kind: 'done', stopped: dice.pick(['yes', 'partly', 'no']) });
	const own = school.records.filter(({ caseId }) => caseId === subject.id);
	const history = historiesOf({ records: own }, 'Europe/Amsterdam').of(subject.id);
	const run = runCase(subject, history, SHIPPED_PROTOCOLS[subject.protocol], 'Europe/Amsterdam');
	const state = run.turn.steps.find(({ step }) => step.key === reminder.step);
	if (!state || run.turn.number !== reminder.turn) return;
	school.records.push(
		recordOf(subject, run.turn.number, state, {
			...{ on: today, number: school.records.length + 1, pupilId: reminder.about?.pupilId ?? null, dice },
		}),
	);
}

/** Holds what people were told against what was due, without the code that decides it. */
function watchPromises(hasSchool: (day: LocalDate) => boolean) {
	const broken: string[] = [];
	const tellings = new Map<string, number>();
	const firstSeen = new Map<string, LocalDate>();
	const reminders = new Set<string>();
	let told = 0;
	let escalated = 0;
	const windowOf = ({ reminder: { id, from, until } }: DueReminder) => `${id} ${from}–${until}`;

	return {
		day(today: LocalDate, due: readonly DueReminder[], notices: readonly Notice[]) {
			for (const { kind, personId, due: each } of notices) {
				const { from, until } = each.reminder;
				const name = `${windowOf(each)} ${kind} ${personId}`;
				tellings.set(name, (tellings.get(name) ?? 0) + 1);
				if ((tellings.get(name) ?? 0) > 1) broken.push(`${today}: ${name} told again`);
				if (!hasSchool(today)) broken.push(`${today}: ${name} told on a day without school`);
				if (today < from) broken.push(`${today}: ${name} told before its window`);
				if (kind === 'escalated') {
					escalated++;
					if (today <= until) broken.push(`${today}: ${name} escalated inside its window`);
				} else {
					told++;
					// What comes into being or changes hands after its window is told late, and not before.
					const since = firstSeen.get(`${windowOf(each)} ${each.forId}`) ?? today;
					if (today > until && since <= until) broken.push(`${today}: ${name} told after its window`);
				}
			}
			for (const each of due) {
				reminders.add(each.reminder.id);
				const { from } = each.reminder;
				if (!hasSchool(from) || !hasSchool(each.reminder.until)) broken.push(`${windowOf(each)} lies on a free day`);
				if (each.state === 'upcoming' || !hasSchool(today)) continue;
				const asked = `${windowOf(each)} ${each.forId}`;
				if (!firstSeen.has(asked)) firstSeen.set(asked, today);
				if (!tellings.has(`${windowOf(each)} due ${each.forId}`)) broken.push(`${today}: ${asked} was not told`);
				if (each.escalatedTo !== null && !tellings.has(`${windowOf(each)} escalated ${each.escalatedTo}`))
					broken.push(`${today}: ${windowOf(each)} was not escalated`);
			}
		},
		report: () => ({ reminders: reminders.size, told, escalated, broken }),
	};
}

function anAbsence(n: number, today: LocalDate, dice: Dice): Absence {
	const personId = anId('person', dice.between(1, 12));
	return {
		...{ type: 'absence', v: 1, id: anId('absence', n), schoolId: anId('school', 1), personId },
		...{ from: today, until: addDays(today, dice.between(0, 9)), standInId: anId('person', dice.between(1, 12)) },
		...{ recordedBy: personId, recordedAt: `${today}T06:00:00.000Z` as Instant },
	};
}

function studyDays(year: number) {
	return [`${year}-09-25`, `${year}-12-04`, `${year + 1}-03-12`, `${year + 1}-06-11`].map((day) => ({
		...{ name: 'Studiedag', from: day as LocalDate, until: day as LocalDate, kind: 'studyDay' as const },
	}));
}

function daysOf({ from, until }: { from: LocalDate; until: LocalDate }): LocalDate[] {
	const days = [from];
	for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) days.push(day);
	return days;
}
