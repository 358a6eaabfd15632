import type { Calendar } from '#domain/calendar/calendar.ts';
import { schoolDaysOf } from '#domain/calendar/school-days.ts';
import type { Case, FollowUp } from '#domain/cases/case.ts';
import { historiesOf, type CaseFacts, type CaseHistory } from '#domain/cases/case-history.ts';
import { caseTasks, type CaseTask } from '#domain/cases/case-tasks.ts';
import type { Resolution } from '#domain/cases/resolution.ts';
import { runCase } from '#domain/cases/run-case.ts';
import { taskOwner } from '#domain/cases/task-owner.ts';
import { idOf, ulidOf, type CaseId, type FollowUpId, type PupilId, type ReminderId } from '#domain/id.ts';
import { soundProtocols } from '#domain/protocols/own-protocols.ts';
import type { SchoolProtocol } from '#domain/protocols/school-protocol.ts';
import { protocolOf } from '#domain/protocols/shipped-protocols.ts';
import type { HolidayRegion, Person, Pupil } from '#domain/school/roster.ts';
import type { LocalDate, TimeZone } from '#domain/time/local-time.ts';
import type { Reminder } from './reminder.ts';

/** What reminders follow from. What is left out is not known, and changes nothing. */
export interface ReminderFacts extends CaseFacts {
	readonly cases: Iterable<Case>;
	readonly calendars: readonly Calendar[];
	readonly protocols?: Iterable<SchoolProtocol>;
	readonly people?: Iterable<Person>;
	readonly pupils?: Iterable<Pupil>;
	/** Where the school is; decides on which day something was written down. */
	readonly zone?: TimeZone;
	/** Whose published holidays count for days that no calendar has. */
	readonly region?: HolidayRegion;
	/** Decides who has left by now. */
	readonly today?: LocalDate;
}

export function reminderIdFor(followUp: FollowUpId): ReminderId {
	return idOf('reminder', ulidOf(followUp));
}

/**
 * One reminder for every look back that was planned and every step whose clock runs (5B-07, 5B-08), under an id that
 * follows from it: a second run, another device or another order of the facts gives the same. Moving and handing over
 * change the same reminder. A look back whose case has not arrived is reminded of all the same. Sorted by id.
 */
export function planReminders(facts: ReminderFacts): Reminder[] {
	return remindersOf(facts, false).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Those of them that are not resolved, in no order: what a screen or a summary asks for, and much less work. */
export function openReminders(facts: ReminderFacts): Reminder[] {
	return remindersOf(facts, true);
}

function remindersOf(facts: ReminderFacts, openOnly: boolean): Reminder[] {
	const zone = facts.zone ?? 'Europe/Amsterdam';
	const histories = historiesOf({ ...facts, followUps: distinct(facts.followUps ?? []) }, zone);
	const people = new Map([...(facts.people ?? [])].map((each) => [each.id, each]));
	const own = soundProtocols(facts.protocols ?? []);
	const pupils = facts.pupils && new Map([...facts.pupils].map((each) => [each.id, each]));
	const days = schoolDaysOf(facts.calendars, facts.region);
	const reminders: Reminder[] = [];
	const add = (subject: Case, history: CaseHistory) => {
		const run = runCase(subject, history, protocolOf(subject, own), zone);
		const ownerOf = (role: Parameters<typeof taskOwner>[1]) => taskOwner(subject, role, people);
		for (const task of caseTasks(subject, history, run, { days, ownerOf, openOnly })) {
			const resolution = task.resolved ?? goneWith(task, pupils, facts.today);
			if (resolution === null || !openOnly) reminders.push(reminderOf(task, subject, resolution));
		}
	};
	for (const subject of facts.cases) add(subject, histories.of(subject.id));
	for (const caseId of histories.leftOver()) {
		const history = histories.of(caseId);
		const [first] = history.followUps;
		if (first) add(notArrived(caseId, first), history);
	}
	return reminders;
}

/** About a child who left before it comes, or who left by now, or who was erased, nothing is asked any more. */
function goneWith(
	{ about, from }: CaseTask,
	pupils: ReadonlyMap<PupilId, Pupil> | undefined,
	today: LocalDate | undefined,
): Resolution | null {
	if (!about || !pupils || pupils.size === 0) return null;
	const pupil = pupils.get(about.pupilId);
	if (!pupil) return 'pupilErased';
	const { leftOn } = pupil;
	return leftOn !== undefined && (leftOn < from || (today !== undefined && leftOn < today)) ? 'pupilLeft' : null;
}

function reminderOf(task: CaseTask, subject: Case, resolution: Resolution | null): Reminder {
	const { followUpId, turn, step, about, ownerId, from, until } = task;
	const reminder: Reminder = {
		type: 'reminder',
		v: 1,
		id: reminderIdFor(followUpId),
		schoolId: subject.schoolId,
		reason: step === null ? 'followUp' : 'step',
		caseId: subject.id,
		followUpId,
		turn,
		ownerId,
		from,
		until,
		resolved: resolution !== null,
	};
	if (step !== null) reminder.step = step;
	if (about) reminder.about = about;
	if (resolution) reminder.because = resolution;
	return reminder;
}

/** The last one set under an id counts. */
function distinct(followUps: Iterable<FollowUp>): Iterable<FollowUp> {
	const byId = new Map<FollowUpId, FollowUp>();
	for (const each of followUps) {
		const other = byId.get(each.id);
		if (!other || Date.parse(other.setAt) <= Date.parse(each.setAt)) byId.set(each.id, each);
	}
	return byId.values();
}

/** Stands in for a case that has not arrived: only what somebody planned is known of it. */
function notArrived(id: CaseId, { schoolId, setAt, setBy }: FollowUp): Case {
	return {
		...{ type: 'case', v: 1, id, schoolId, protocol: 'fiveB', pupils: [], incidentIds: [] },
		...{ openedBy: setBy, openedAt: setAt, memberIds: [setBy] },
	};
}
