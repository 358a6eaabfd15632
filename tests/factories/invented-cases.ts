import type { Case, FollowUp } from '#domain/cases/case.ts';
import { historiesOf } from '#domain/cases/case-history.ts';
import { runCase } from '#domain/cases/run-case.ts';
import type { StepState } from '#domain/cases/step-state.ts';
import type { StepRecord } from '#domain/cases/step-record.ts';
import type { PupilId } from '#domain/id.ts';
import { ProtocolName } from '#domain/protocols/protocol.ts';
import { SHIPPED_PROTOCOLS } from '#domain/protocols/shipped-protocols.ts';
import type { Person } from '#domain/school/roster.ts';
import { addDays, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { diceFor, type Dice } from '#server/demo/random.ts';
import { aCalendar, aCase, aFollowUp } from './cases.ts';
import { anId } from './school.ts';

interface Wanted {
	readonly cases: number;
	readonly start: LocalDate;
	/** Cases open, and steps are taken, during so many days. */
	readonly days: number;
	readonly seed: number;
}

const STAFF = 12;
const COORDINATORS = 2;
const MOST_STEPS = 9;
const NOON = 'T11:00:00.000Z';

/** So many cases by all protocols, each some steps on its way: for benches and simulations. No real person in it. */
export function invented({ cases: wanted, start, days, seed }: Wanted) {
	const dice = diceFor(seed, 'cases');
	const people = staff();
	const cases: Case[] = [];
	const records: StepRecord[] = [];
	const followUps: FollowUp[] = [];
	for (let n = 1; n <= wanted; n++) {
		const subject = inventedCase(n, addDays(start, dice.between(0, days)), dice);
		cases.push(subject);
		const own: StepRecord[] = [];
		let on = subject.openedAt.slice(0, 10) as LocalDate;
		for (let step = dice.between(0, MOST_STEPS); step > 0; step--) {
			on = addDays(on, dice.between(0, 12));
			own.push(...takings(subject, own, on, records.length + own.length, dice));
		}
		records.push(...own);
		if (dice.chance(0.4))
			followUps.push(aFollowUp(n, addDays(on, dice.between(7, 70)), { caseId: subject.id, ownerId: subject.openedBy }));
	}
	return {
		people,
		reminderFacts: { cases, records, followUps, people, calendars: [aCalendar()] },
		recipients: { people, cases },
		count: cases.length + records.length + followUps.length,
	};
}

export function staff(): Person[] {
	return Array.from({ length: STAFF }, (_, index) => ({
		...{ type: 'person', v: 1, id: anId('person', index + 1), schoolId: anId('school', 1), name: `Persoon ${index}` },
		roles: [index < COORDINATORS ? 'coordinator' : 'teacher'],
		groupIds: [],
	}));
}

export function inventedCase(n: number, openedOn: LocalDate, dice: Dice): Case {
	const openedBy = anId('person', dice.between(1, STAFF));
	const other = anId('person', dice.between(1, STAFF));
	return aCase(n, {
		protocol: dice.pick(ProtocolName.options),
		pupils: [
			{ pupilId: anId('pupil', 2 * n), role: 'victim' },
			{ pupilId: anId('pupil', 2 * n + 1), role: 'instigator' },
		],
		openedBy,
		memberIds: [...new Set([openedBy, other])],
		openedAt: `${openedOn}${NOON}` as Instant,
	});
}

/** Somebody takes one of the steps that are open, with every child it is taken with. */
function takings(subject: Case, own: readonly StepRecord[], on: LocalDate, number: number, dice: Dice): StepRecord[] {
	const history = historiesOf({ records: own }, 'Europe/Amsterdam').of(subject.id);
	const run = runCase(subject, history, SHIPPED_PROTOCOLS[subject.protocol], 'Europe/Amsterdam');
	const open = run.turn.steps.filter(({ status }) => status === 'open');
	if (open.length === 0 || run.closed) return [];
	const state = dice.pick(open);
	return state.targets.map(({ target }, index) =>
		recordOf(subject, run.turn.number, state, {
			on,
			number: number + index + 1,
			pupilId: target?.pupilId ?? null,
			dice,
		}),
	);
}

interface Taking {
	readonly on: LocalDate;
	readonly number: number;
	readonly pupilId: PupilId | null;
	readonly dice: Dice;
}

export function recordOf(
	subject: Case,
	turn: number,
	{ step }: Pick<StepState, 'step'>,
	{ on, number, pupilId, dice }: Taking,
): StepRecord {
	const picks = step.fields?.find(({ kind }) => kind === 'pupils');
	return {
		...{ type: 'stepRecord', v: 1, id: anId('stepRecord', number), schoolId: subject.schoolId, caseId: subject.id },
		...{ turn, step: step.key, result: 'done', on },
		...(pupilId !== null && { pupilId }),
		...(step.outcomes && { outcome: dice.pick(step.outcomes).key }),
		...(picks && { answers: [{ field: picks.key, value: [3, 4, 5, 6, 7].map((n) => anId('pupil', n)) }] }),
		recordedBy: subject.openedBy,
		recordedAt: `${on}T12:00:00.000Z` as Instant,
	};
}
