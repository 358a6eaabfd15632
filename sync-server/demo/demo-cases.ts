import type {
	Case,
	CaseEntry,
	CasePupil,
	CaseVerdict,
	FiveBStep,
	FollowUp,
	FollowUpOutcome,
} from '#domain/cases/case.ts';
import { idOf, type IncidentId, type PersonId, type PupilId } from '#domain/id.ts';
import type { Processing } from '#domain/incident/processing.ts';
import { addDays, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import type { Cast, Frequent } from './cast.ts';
import { weekdayBefore } from './demo-calendar.ts';
import type { DemoRoster } from './demo-roster.ts';
import { CASE_TEXTS } from './demo-texts.ts';
import type { Dice } from './random.ts';
import { seededUlid } from './seeded-ulid.ts';
import { instantOf, type Told } from './telling.ts';

type CaseDocument = Case | CaseEntry | FollowUp | FollowUpOutcome | CaseVerdict;

/** Where a case of the demo stands. Two weeks and eight weeks after it was decided somebody looks back (5B-07). */
const PLOTS = [
	{ kind: 'dueToday', openedDaysAgo: 18 },
	{ kind: 'eightWeeks', openedDaysAgo: 60 },
	{ kind: 'secondTurn', openedDaysAgo: 110 },
	{ kind: 'stopped', openedDaysAgo: 200 },
	{ kind: 'overdue', openedDaysAgo: 21 },
	{ kind: 'soon', openedDaysAgo: 15 },
	{ kind: 'fresh', openedDaysAgo: 3 },
	{ kind: 'moved', openedDaysAgo: 26 },
] as const;

const PUPILS_PER_CASE = 54;
const MIN_CASES = 3;
const MAX_CASES = 40;
const MAX_INCIDENTS = 6;
/** From opening a case to the decision that sets the follow-ups. */
const DAYS_TO_DECISION = 4;
const FIRST_LOOK_DAYS = 14;
const SECOND_LOOK_DAYS = 56;

interface Subject {
	readonly plot: (typeof PLOTS)[number];
	readonly child: Frequent;
	readonly openedOn: LocalDate;
	readonly incidentIds: IncidentId[];
	victim: PupilId | undefined;
}

/** A few cases in different steps: feed it the year's processings, then ask for the documents. */
export function makeCases(roster: DemoRoster, cast: Cast, today: LocalDate, dice: Dice) {
	const pupils = roster.pupilsByGroup.reduce((sum, group) => sum + group.length, 0);
	const wanted = Math.max(MIN_CASES, Math.min(MAX_CASES, Math.round(pupils / PUPILS_PER_CASE)));
	const stopped = cast.frequent.filter((child) => child.stopsAfter !== null);
	const going = cast.frequent.filter((child) => child.stopsAfter === null);
	const subjects = Array.from({ length: wanted }, (_, index): Subject | undefined => {
		const plot = PLOTS[index % PLOTS.length];
		const child = plot?.kind === 'stopped' ? (stopped.shift() ?? going.shift()) : going.shift();
		if (!plot || !child) return undefined;
		return {
			plot,
			child,
			openedOn: weekdayBefore(addDays(today, -plot.openedDaysAgo)),
			incidentIds: [],
			victim: undefined,
		};
	}).filter((subject) => subject !== undefined);
	const subjectById = new Map(subjects.map((subject) => [subject.child.id, subject]));

	return {
		note(processing: Processing): void {
			if (processing.outcome !== 'confirmed') return;
			for (const each of processing.participants) {
				if (each.role !== 'instigator' || !('pupilId' in each)) continue;
				const subject = subjectById.get(each.pupilId);
				if (!subject || processing.processedAt.slice(0, 10) > subject.openedOn) continue;
				if (!subject.incidentIds.includes(processing.incidentId)) subject.incidentIds.push(processing.incidentId);
				if (subject.incidentIds.length > MAX_INCIDENTS) subject.incidentIds.shift();
				const victim = processing.participants.find((other) => other.role === 'victim');
				if (victim && 'pupilId' in victim) subject.victim = victim.pupilId;
			}
		},
		*documents(): Generator<Told<CaseDocument>> {
			for (const subject of subjects) yield* documentsOf(subject, roster, today, dice);
		},
	};
}

function* documentsOf(
	subject: Subject,
	roster: DemoRoster,
	today: LocalDate,
	dice: Dice,
): Generator<Told<CaseDocument>> {
	const { plot, child, openedOn } = subject;
	const coordinatorId = roster.coordinator.id;
	const teacherId = roster.teachers[child.group]?.id ?? coordinatorId;
	const about: CasePupil = { pupilId: child.id, role: 'instigator' };
	const caseId = idOf('case', seededUlid(Date.parse(openedOn), dice));
	const schoolId = roster.school.id;

	/** After school, not later than yesterday: the demo's today has not happened yet. */
	const onDay = (days: number): Instant => {
		const day = addDays(openedOn, days);
		return instantOf(day < today ? day : addDays(today, -1), dice.between(14 * 60 + 50, 16 * 60 + 40), 0);
	};
	const ulid = (at: Instant) => seededUlid(Date.parse(at), dice);
	const entry = (turn: number, step: FiveBStep, days: number, writtenBy: PersonId = teacherId): Told<CaseEntry> => {
		const writtenAt = onDay(days);
		const text = dice.pick(CASE_TEXTS[step === 'beoordelen' ? 'bijsturen' : step]);
		const doc: CaseEntry = {
			...{ type: 'caseEntry', v: 1, id: idOf('caseEntry', ulid(writtenAt)), schoolId, caseId, turn, step, text },
			...{ writtenBy, writtenAt },
		};
		return { doc, receivedAt: writtenAt };
	};
	const followUp = (turn: number, pupil: CasePupil, setDays: number, plannedOn: LocalDate): Told<FollowUp> => {
		const setAt = onDay(setDays);
		const doc: FollowUp = {
			...{ type: 'followUp', v: 1, id: idOf('followUp', ulid(setAt)), schoolId, caseId, turn, about: pupil },
			...{ plannedOn, ownerId: teacherId, setBy: coordinatorId, setAt },
		};
		return { doc, receivedAt: setAt };
	};
	const outcome = (of: FollowUp, days: number, what: FollowUpOutcome['outcome']): Told<FollowUpOutcome> => {
		const recordedAt = onDay(days);
		const doc: FollowUpOutcome = {
			...{ type: 'followUpOutcome', v: 1, id: idOf('followUpOutcome', ulid(recordedAt)), schoolId, caseId },
			...{ followUpId: of.id, outcome: what, ...(what.kind === 'done' && { note: dice.pick(CASE_TEXTS.followUp) }) },
			...{ recordedBy: teacherId, recordedAt },
		};
		return { doc, receivedAt: recordedAt };
	};
	const verdict = (turn: number, days: number, judged: CaseVerdict['verdict']): Told<CaseVerdict> => {
		const judgedAt = onDay(days);
		const doc: CaseVerdict = {
			...{
				type: 'caseVerdict',
				v: 1,
				id: idOf('caseVerdict', ulid(judgedAt)),
				schoolId,
				caseId,
				turn,
				verdict: judged,
			},
			...{ text: dice.pick(CASE_TEXTS[judged]), judgedBy: coordinatorId, judgedAt },
		};
		return { doc, receivedAt: judgedAt };
	};

	const openedAt = onDay(0);
	const pupils: CasePupil[] = subject.victim ? [about, { pupilId: subject.victim, role: 'victim' }] : [about];
	const opened: Case = {
		...{ type: 'case', v: 1, id: caseId, schoolId, protocol: 'fiveB', pupils, incidentIds: [...subject.incidentIds] },
		...{ openedBy: coordinatorId, openedAt, memberIds: [...new Set([coordinatorId, teacherId])] },
	};
	yield { doc: opened, receivedAt: openedAt };
	yield entry(1, 'bekijken', 0, coordinatorId);
	if (plot.kind === 'fresh') return;

	yield entry(1, 'begrijpen', 2);
	yield entry(1, 'beslissen', DAYS_TO_DECISION, coordinatorId);
	const decidedOn = addDays(openedOn, DAYS_TO_DECISION);
	const firstLook = plot.kind === 'dueToday' ? today : addDays(decidedOn, FIRST_LOOK_DAYS);
	const secondLook = plot.kind === 'eightWeeks' ? today : addDays(decidedOn, SECOND_LOOK_DAYS);
	const firsts = pupils.map((pupil) => followUp(1, pupil, DAYS_TO_DECISION, firstLook));
	const seconds = pupils.map((pupil) => followUp(1, pupil, DAYS_TO_DECISION, secondLook));
	yield* [...firsts, ...seconds];
	if (plot.kind === 'dueToday' || plot.kind === 'soon' || plot.kind === 'overdue') return;

	yield entry(1, 'bijsturen', DAYS_TO_DECISION + 8);
	const firstDays = DAYS_TO_DECISION + FIRST_LOOK_DAYS;
	if (plot.kind === 'moved') {
		yield* firsts.map(({ doc }) => outcome(doc, firstDays, { kind: 'moved', plannedOn: addDays(today, 3) }));
		return;
	}
	const stopped = plot.kind === 'secondTurn' ? 'partly' : 'yes';
	yield* firsts.map(({ doc }) => outcome(doc, firstDays, { kind: 'done', stopped }));
	if (plot.kind === 'eightWeeks') return;

	const secondDays = DAYS_TO_DECISION + SECOND_LOOK_DAYS;
	yield* seconds.map(({ doc }) =>
		outcome(doc, secondDays, { kind: 'done', stopped: plot.kind === 'stopped' ? 'yes' : 'no' }),
	);
	yield verdict(1, secondDays + 1, plot.kind === 'stopped' ? 'stopped' : 'notStopped');
	if (plot.kind === 'stopped') return;

	// Not stopped: start again at see, with what was learned (5B-01).
	yield entry(2, 'bekijken', secondDays + 3);
	yield entry(2, 'begrijpen', secondDays + 6);
	yield entry(2, 'beslissen', secondDays + 8, coordinatorId);
	yield* pupils.map((pupil) =>
		followUp(2, pupil, secondDays + 8, addDays(openedOn, secondDays + 8 + SECOND_LOOK_DAYS)),
	);
}
