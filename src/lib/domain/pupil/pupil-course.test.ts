import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import type { Participant } from '#domain/observation/observation.ts';
import { addDays, LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { deservesCompliment, sinceLastRound } from './compliment.ts';
import { pupilCourses } from './pupil-course.ts';

const ulid = (number: number) => String(number).padStart(26, '0');
const pupil = (number: number) => idOf('pupil', ulid(number));
const today = LocalDate.parse('2026-11-21');

function incident(on: LocalDate, participants: Participant[], over: Partial<Incident> = {}): Incident {
	return {
		id: idOf('incident', ulid(1)),
		observationIds: [],
		occurredAt: LocalDateTime.parse(`${on}T12:00`),
		placeId: null,
		outsideSchool: false,
		digital: false,
		participants,
		victimGroupId: null,
		behaviours: ['pushing'],
		forms: [],
		basket: 'orange',
		aggressionFunction: null,
		toldBy: [],
		processed: true,
		...over,
	};
}

const pushed: Participant[] = [
	{ role: 'instigator', pupilId: pupil(1) },
	{ role: 'victim', pupilId: pupil(2) },
];

test('the counters hold 365 days, today included', () => {
	const incidents = [0, 364, 365].map((ago) => incident(addDays(today, -ago), pushed));
	const [one, two, three] = pupilCourses(incidents, [pupil(1), pupil(2), pupil(3)], today);
	expect([one?.instigator, one?.victim]).toEqual([2, 0]);
	expect([two?.instigator, two?.victim]).toEqual([0, 2]);
	expect([three?.instigator, three?.victim, three?.lastAsInstigator]).toEqual([0, 0, null]);
	expect(one?.lastAsInstigator).toBe('2026-11-21');
});

test('the week that ends today stands last in the sparkline', () => {
	const incidents = [0, 6, 7, 83, 84].map((ago) => incident(addDays(today, -ago), pushed));
	expect(pupilCourses(incidents, [pupil(1)], today)[0]?.weeks).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
});

test('a green incident counts as good for who did it and as trouble for nobody', () => {
	const kind: Participant[] = [
		{ role: 'contributor', pupilId: pupil(1) },
		{ role: 'beneficiary', pupilId: pupil(2) },
		{ role: 'instigator', pupilId: pupil(2) },
	];
	const [one, two] = pupilCourses([incident(today, kind, { basket: 'green' })], [pupil(1), pupil(2)], today);
	expect(one).toMatchObject({ good: 1, instigator: 0, victim: 0 });
	expect(two).toMatchObject({ good: 0, instigator: 0, victim: 0 });
});

test('a fight in which both went too far is one incident in the sparkline of each', () => {
	const both: Participant[] = [1, 2].flatMap((number) =>
		(['instigator', 'victim'] as const).map((role) => ({ role, pupilId: pupil(number) })),
	);
	expect(pupilCourses([incident(today, both)], [pupil(1)], today)[0]).toMatchObject({
		instigator: 1,
		victim: 1,
		weeks: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
	});
});

test('the order of the incidents does not matter', () => {
	const incidents = fc.array(
		fc.record({ ago: fc.integer({ min: -5, max: 400 }), a: fc.nat(3), b: fc.nat(3) }).map(({ ago, a, b }) =>
			incident(addDays(today, -ago), [
				{ role: 'instigator', pupilId: pupil(a) },
				{ role: 'victim', pupilId: pupil(b) },
			]),
		),
	);
	const ids = [0, 1, 2, 3].map(pupil);
	fc.assert(
		fc.property(
			incidents.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
			([a, b]) => {
				expect(pupilCourses(b, ids, today)).toEqual(pupilCourses(a, ids, today));
			},
		),
	);
});

test('who went too far often and not since the last round deserves a compliment', () => {
	const course = (dates: number[]) =>
		pupilCourses(
			dates.map((ago) => incident(addDays(today, -ago), pushed)),
			[pupil(1)],
			today,
		)[0];
	const since = addDays(today, -42);
	const deserves = (dates: number[]) => {
		const found = course(dates);
		return found !== undefined && deservesCompliment(found, since);
	};
	expect(deserves([60, 70, 80])).toBe(true);
	expect(deserves([41, 70, 80])).toBe(false);
	expect(deserves([60, 70])).toBe(false);
	expect(deserves([])).toBe(false);
});

test('the last round behind us counts; without one, six weeks back', () => {
	const rounds = ['2026-09-14', '2026-10-30', '2026-12-11'].map((each) => LocalDate.parse(each));
	const calendar = {
		type: 'calendar' as const,
		v: 1 as const,
		id: idOf('calendar', ulid(1)),
		schoolId: idOf('school', ulid(1)),
		from: LocalDate.parse('2026-08-01'),
		until: LocalDate.parse('2027-07-31'),
		closures: [],
		dayParts: [],
		rounds,
	};
	expect(sinceLastRound({ calendars: [calendar], rounds: [], entries: [] }, today)).toBe('2026-10-30');
	expect(sinceLastRound({ calendars: [], rounds: [], entries: [] }, today)).toBe('2026-10-10');
});
