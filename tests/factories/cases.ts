import type { Calendar } from '#domain/calendar/calendar.ts';
import { dutchClosures } from '#domain/calendar/dutch-holidays.ts';
import type { Case, CaseEntry, FollowUp, FollowUpOutcome } from '#domain/cases/case.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { anId } from './school.ts';

const SCHOOL = anId('school', 1);
const TEACHER = anId('person', 2);
const OPENED_AT = '2026-11-09T09:00:00.000Z' as Instant;

/** School year 2026-2027 in the middle of the country, with a round on 2 November. */
export function aCalendar(over: Partial<Calendar> = {}): Calendar {
	return {
		type: 'calendar',
		v: 1,
		id: anId('calendar', 1),
		schoolId: SCHOOL,
		from: '2026-08-01' as LocalDate,
		until: '2027-07-31' as LocalDate,
		closures: dutchClosures('middle', '2026-2027'),
		dayParts: [],
		rounds: ['2026-11-02' as LocalDate],
		...over,
	};
}

/** Opened on Monday 9 November 2026 by the teacher of 6A, about pupil 2 (victim) and pupil 1 (instigator). */
export function aCase(n: number, over: Partial<Case> = {}): Case {
	return {
		type: 'case',
		v: 1,
		id: anId('case', n),
		schoolId: SCHOOL,
		protocol: 'fiveB',
		pupils: [
			{ pupilId: anId('pupil', 2), role: 'victim' },
			{ pupilId: anId('pupil', 1), role: 'instigator' },
		],
		incidentIds: [],
		openedBy: TEACHER,
		openedAt: OPENED_AT,
		memberIds: [TEACHER],
		...over,
	};
}

/** Written in the first step of case 1. */
export function aCaseEntry(n: number, over: Partial<CaseEntry> = {}): CaseEntry {
	return {
		type: 'caseEntry',
		v: 1,
		id: anId('caseEntry', n),
		schoolId: SCHOOL,
		caseId: anId('case', 1),
		turn: 1,
		step: 'bekijken',
		text: 'Mag niet meedoen met voetbal.',
		writtenBy: TEACHER,
		writtenAt: OPENED_AT,
		...over,
	};
}

/** With pupil 2, in case 1, owned by the teacher. */
export function aFollowUp(n: number, plannedOn: string, over: Partial<FollowUp> = {}): FollowUp {
	return {
		type: 'followUp',
		v: 1,
		id: anId('followUp', n),
		schoolId: SCHOOL,
		caseId: anId('case', 1),
		turn: 1,
		about: { pupilId: anId('pupil', 2), role: 'victim' },
		plannedOn: plannedOn as LocalDate,
		ownerId: TEACHER,
		setBy: TEACHER,
		setAt: OPENED_AT,
		...over,
	};
}

/** Of follow-up 1, recorded by the teacher. */
export function anOutcome(
	n: number,
	outcome: FollowUpOutcome['outcome'],
	over: Partial<FollowUpOutcome> = {},
): FollowUpOutcome {
	return {
		type: 'followUpOutcome',
		v: 1,
		id: anId('followUpOutcome', n),
		schoolId: SCHOOL,
		caseId: anId('case', 1),
		followUpId: anId('followUp', 1),
		outcome,
		recordedBy: TEACHER,
		recordedAt: '2026-11-23T10:00:00.000Z' as Instant,
		...over,
	};
}
