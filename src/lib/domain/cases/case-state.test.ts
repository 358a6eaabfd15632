import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf } from '#domain/id.ts';
import { dateOfDayNumber, Instant, LocalDate } from '#domain/time/local-time.ts';
import { FiveBStep, type Case, type CaseEntry, type CaseVerdict, type FollowUp, type FollowUpOutcome } from './case.ts';
import { foldCase, type CaseState } from './case-state.ts';
import { historiesOf } from './case-history.ts';
import { caseStory } from './case-story.ts';

const ulid = (number: number) => String(number).padStart(26, '0');
const at = (text: string) => Instant.parse(`${text}Z`);
const schoolId = idOf('school', ulid(1));
const caseId = idOf('case', ulid(1));
const teacher = idOf('person', ulid(1));
const coordinator = idOf('person', ulid(2));

const subject: Case = {
	type: 'case',
	v: 1,
	id: caseId,
	schoolId,
	protocol: 'fiveB',
	pupils: [{ pupilId: idOf('pupil', ulid(1)), role: 'victim' }],
	incidentIds: [],
	openedBy: teacher,
	openedAt: at('2026-11-09T10:00:00'),
	memberIds: [teacher, coordinator],
};

function entry(number: number, step: FiveBStep, when: string, turn = 1): CaseEntry {
	return {
		type: 'caseEntry',
		v: 1,
		id: idOf('caseEntry', ulid(number)),
		schoolId,
		caseId,
		turn,
		step,
		text: `tekst ${number}`,
		writtenBy: teacher,
		writtenAt: at(when),
	};
}

function followUp(number: number, plannedOn: string, turn = 1): FollowUp {
	return {
		type: 'followUp',
		v: 1,
		id: idOf('followUp', ulid(number)),
		schoolId,
		caseId,
		turn,
		about: { pupilId: idOf('pupil', ulid(1)), role: 'victim' },
		plannedOn: LocalDate.parse(plannedOn),
		ownerId: teacher,
		setBy: teacher,
		setAt: at('2026-11-10T10:00:00'),
	};
}

function done(number: number, of: number, when: string): FollowUpOutcome {
	return {
		type: 'followUpOutcome',
		v: 1,
		id: idOf('followUpOutcome', ulid(number)),
		schoolId,
		caseId,
		followUpId: idOf('followUp', ulid(of)),
		outcome: { kind: 'done', stopped: 'partly' },
		recordedBy: coordinator,
		recordedAt: at(when),
	};
}

function verdict(number: number, turn: number, word: CaseVerdict['verdict'], when: string): CaseVerdict {
	return {
		type: 'caseVerdict',
		v: 1,
		id: idOf('caseVerdict', ulid(number)),
		schoolId,
		caseId,
		turn,
		verdict: word,
		text: 'geleerd',
		judgedBy: teacher,
		judgedAt: at(when),
	};
}

const nothing = { entries: [], followUps: [], outcomes: [], verdicts: [] };

test('a new case stands at see, in its first turn', () => {
	expect(foldCase(subject, nothing)).toMatchObject({
		turns: [{ number: 1 }],
		reached: null,
		next: 'bekijken',
		closedBy: null,
	});
});

test('several entries in a step stay, oldest first, and the next step follows the furthest one', () => {
	const state = foldCase(subject, {
		...nothing,
		entries: [
			entry(3, 'bekijken', '2026-11-11T10:00:00'),
			entry(2, 'begrijpen', '2026-11-10T10:00:00'),
			entry(1, 'bekijken', '2026-11-10T09:00:00'),
		],
	});
	expect(state.turn.entries.bekijken.map(({ text }) => text)).toEqual(['tekst 1', 'tekst 3']);
	expect([state.reached, state.next]).toEqual(['begrijpen', 'beslissen']);
	expect(state.lastAt).toBe('2026-11-11T10:00:00Z');
});

test('a set follow-up is deciding, a done one is adjusting', () => {
	const followUps = [followUp(2, '2027-01-11'), followUp(1, '2026-11-24')];
	const set = foldCase(subject, { ...nothing, followUps });
	expect([set.next, set.openFollowUps.map(({ plannedOn }) => plannedOn)]).toEqual([
		'bijsturen',
		['2026-11-24', '2027-01-11'],
	]);
	const talked = foldCase(subject, { ...nothing, followUps, outcomes: [done(1, 1, '2026-11-24T10:00:00')] });
	expect([talked.next, talked.openFollowUps.length]).toEqual(['beoordelen', 1]);
});

test('not stopped starts the next turn at see, and what was written stays with its turn', () => {
	const state = foldCase(subject, {
		...nothing,
		entries: [entry(1, 'bijsturen', '2026-11-10T10:00:00')],
		verdicts: [verdict(1, 1, 'notStopped', '2026-11-26T10:00:00')],
	});
	expect(state.turns.map(({ number, verdict: ended }) => [number, ended?.verdict])).toEqual([
		[1, 'notStopped'],
		[2, undefined],
	]);
	expect([state.reached, state.next, state.closedBy]).toEqual([null, 'bekijken', null]);
});

test('stopped closes it, and a later word on the same turn takes it up again', () => {
	const stopped = verdict(1, 1, 'stopped', '2026-11-26T10:00:00');
	expect(foldCase(subject, { ...nothing, verdicts: [stopped] }).closedBy).toEqual(stopped);
	const again = verdict(2, 1, 'notStopped', '2026-12-26T10:00:00');
	expect(foldCase(subject, { ...nothing, verdicts: [again, stopped] })).toMatchObject({
		turn: { number: 2 },
		closedBy: null,
	});
});

test('facts of another case are not taken in', () => {
	const elsewhere = { ...entry(1, 'bekijken', '2026-11-10T10:00:00'), caseId: idOf('case', ulid(9)) };
	expect(foldCase(subject, { ...nothing, entries: [elsewhere] }).reached).toBeNull();
});

describe('whatever was appended, in whatever order', () => {
	const moment = fc.integer({ min: 20_400, max: 20_500 }).map((day) => `${dateOfDayNumber(day)}T10:00:00`);
	const number = fc.integer({ min: 0, max: 12 });
	const turn = fc.integer({ min: 1, max: 3 });
	const unique = <T extends { id: string }>(one: fc.Arbitrary<T>) =>
		fc.uniqueArray(one, { selector: (each) => each.id, maxLength: 8 });
	const facts = fc.record({
		entries: unique(
			fc
				.record({ number, turn, moment, step: fc.constantFrom(...FiveBStep.options) })
				.map((each) => entry(each.number, each.step, each.moment, each.turn)),
		),
		followUps: unique(
			fc.record({ number, turn, moment }).map((each) => followUp(each.number, each.moment.slice(0, 10), each.turn)),
		),
		outcomes: unique(fc.record({ number, of: number, moment }).map((each) => done(each.number, each.of, each.moment))),
		verdicts: unique(
			fc
				.record({ number, turn, moment, word: fc.constantFrom('stopped' as const, 'notStopped' as const) })
				.map((each) => verdict(each.number, each.turn, each.word, each.moment)),
		),
	});
	const shuffled = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length });

	test('the state and the story are the same', () => {
		const twoOrders = facts.chain((each) =>
			fc.tuple(
				fc.constant(each),
				fc.record({
					entries: shuffled(each.entries),
					followUps: shuffled(each.followUps),
					outcomes: shuffled(each.outcomes),
					verdicts: shuffled(each.verdicts),
				}),
			),
		);
		fc.assert(
			fc.property(twoOrders, ([a, b]) => {
				expect(foldCase(subject, b)).toEqual(foldCase(subject, a));
				const story = (each: typeof a) => caseStory(subject, historiesOf(each, 'Europe/Amsterdam').of(subject.id));
				expect(story(b)).toEqual(story(a));
				expect(story(a)).toHaveLength(1 + Object.values(a).flat().length);
			}),
		);
	});

	test('nothing that was written is left out of the turns', () => {
		const written = (state: CaseState) => state.turns.flatMap((each) => Object.values(each.entries).flat()).length;
		fc.assert(
			fc.property(facts, (each) => {
				const state = foldCase(subject, each);
				expect(written(state)).toBe(each.entries.length);
				expect(state.turns.flatMap(({ followUps }) => followUps)).toHaveLength(each.followUps.length);
				expect(state.turn).toBe(state.turns.at(-1));
			}),
		);
	});
});
