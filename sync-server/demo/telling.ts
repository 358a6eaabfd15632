import { idOf, incidentIdFor, processingIdFor, type IncidentId } from '#domain/id.ts';
import type { Processing } from '#domain/incident/processing.ts';
import { formsOf } from '#domain/observation/behaviour.ts';
import type {
	Handling,
	Observation,
	Participant,
	ParticipantRole,
	Withdrawal,
} from '#domain/observation/observation.ts';
import { isPlayground, type Person, type PlaceKind } from '#domain/school/roster.ts';
import {
	addDays,
	MS_PER_DAY,
	dayNumber,
	type Instant,
	type LocalDate,
	type LocalDateTime,
} from '#domain/time/local-time.ts';
import type { Child } from './cast.ts';
import type { DemoRoster } from './demo-roster.ts';
import { CORRECTIONS, MOTIVES, NOTES, UNKNOWN_CHILDREN } from './demo-texts.ts';
import type { Happening } from './happening.ts';
import type { Dice } from './random.ts';
import { seededUlid } from './seeded-ulid.ts';

export interface Told<T> {
	readonly doc: T;
	readonly receivedAt: Instant;
}

const MS_PER_MINUTE = 60_000;

/** Supervisors log most of what they see outside; the rest comes from teachers. */
const SUPERVISOR_TELLS_OUTSIDE = 0.65;
/** The first supervisor stands outside every day. */
const FIRST_SUPERVISOR_TELLS = 0.4;
const TOLD_BY_PUPIL = 0.12;
const ABOUT = 0.15;
const NOTED = 0.18;
const LATE_ARRIVAL = 0.06;
const UNKNOWN_CHILD = 0.004;

const HANDLED: Record<Observation['basket'], readonly (readonly Handling[])[]> = {
	green: [['compliment']],
	yellow: [['spoken'], ['spoken'], ['none'], ['bookmark'], ['spoken', 'bookmark']],
	orange: [['spoken'], ['spoken', 'repaired'], ['separated'], ['bookmark', 'spoken'], ['spoken', 'comforted']],
	red: [
		['separated', 'spoken'],
		['separated', 'passedOn'],
		['timeOut', 'passedOn'],
		['separated', 'comforted'],
	],
};

/** Turns happenings into what people told and what the coordinator made of it. */
export function makeTeller(roster: DemoRoster, today: LocalDate, dice: Dice) {
	const schoolId = roster.school.id;
	const placeByKind = new Map(roster.places.map((place) => [place.kind, place]));
	const ulidAt = (instant: Instant) => seededUlid(Date.parse(instant), dice);

	function reporterOf(happening: Happening, told: readonly Person[]): Person {
		const outside =
			happening.place !== null && (isPlayground({ kind: happening.place }) || happening.place === 'canteen');
		const teacher = roster.teachers[happening.instigators[0]?.group ?? 0];
		const supervisor = dice.chance(FIRST_SUPERVISOR_TELLS) ? roster.supervisors[0] : dice.pick(roster.supervisors);
		const first = outside && dice.chance(SUPERVISOR_TELLS_OUTSIDE) ? supervisor : teacher;
		if (first && !told.includes(first)) return first;
		return dice.pick([...roster.supervisors, ...roster.teachers].filter((person) => !told.includes(person)));
	}

	return {
		/** One person's account; `told` are those who told of it before. */
		observation(happening: Happening, told: Person[], describeUnknown = false): Told<Observation> {
			const reporter = reporterOf(happening, told);
			told.push(reporter);
			const about = dice.chance(ABOUT);
			const minute = about ? happening.minute - (happening.minute % 5) : happening.minute;
			const notedAt = instantOf(
				happening.date,
				happening.minute + dice.between(1, about ? 60 : 12),
				dice.between(0, 59),
			);
			const good = happening.basket === 'green';
			const unknown = describeUnknown || (!good && dice.chance(UNKNOWN_CHILD));
			const participants: Participant[] = [
				...happening.instigators.map((child, index) =>
					unknown && index === 0
						? { role: 'instigator' as const, description: dice.pick(UNKNOWN_CHILDREN) }
						: as(child, good ? 'contributor' : 'instigator'),
				),
				...happening.victims.map((child) => as(child, good ? 'beneficiary' : 'victim')),
				...happening.bystanders.map((child) => as(child, 'bystander')),
			];
			const tellers = [...happening.victims, ...happening.bystanders];
			const toldBy = !good && tellers.length > 0 && dice.chance(TOLD_BY_PUPIL) ? dice.pick(tellers).id : undefined;
			const placeId = happening.place === null ? null : (placeByKind.get(happening.place)?.id ?? null);
			const doc: Observation = {
				type: 'observation',
				v: 1,
				id: idOf('observation', ulidAt(notedAt)),
				schoolId,
				reporterId: reporter.id,
				...(toldBy !== undefined && { toldBy }),
				occurredAt: localDateTime(happening.date, minute),
				zone: roster.school.zone,
				precision: about ? 'about' : 'exact',
				notedAt,
				placeId,
				outsideSchool: happening.outsideSchool,
				participants,
				victimGroupId: happening.victimGroup === null ? null : (roster.groups[happening.victimGroup]?.id ?? null),
				behaviours: [...happening.behaviours],
				digital: happening.digital,
				basket: happening.basket,
				handling: [...dice.pick(HANDLED[happening.basket])],
				means: [...happening.means],
				...(!good && dice.chance(NOTED / 3) && { motive: dice.pick(MOTIVES) }),
				...(dice.chance(NOTED) && { note: noteFor(happening.place, dice) }),
			};
			return { doc, receivedAt: arrivalOf(notedAt, dice) };
		},

		/** The coordinator confirms; a child told in words is named, now and then a victim is corrected. */
		processing(
			{ doc: told }: Told<Observation>,
			happening: Happening,
			incidentId: IncidentId = incidentIdFor(told.id),
		): Told<Processing> {
			const corrected = happening.instigators[0] && told.participants.some((each) => 'description' in each);
			const participants = told.participants.map((each) =>
				'description' in each && happening.instigators[0] ? as(happening.instigators[0], each.role) : each,
			);
			const dayAfter = addDays(happening.date, dice.between(0, 2));
			const day = dayAfter < today ? dayAfter : happening.date;
			const processedAt = instantOf(day, dice.between(14 * 60 + 50, 16 * 60 + 30), 0);
			const doc: Processing = {
				type: 'processing',
				v: 1,
				id: processingIdFor(told.id),
				schoolId,
				observationId: told.id,
				incidentId,
				outcome: dice.chance(0.01) ? 'setAside' : 'confirmed',
				participants,
				victimGroupId: told.victimGroupId,
				behaviours: told.behaviours,
				forms: formsOf(told.behaviours),
				aggressionFunction: null,
				basket: told.basket,
				placeId: told.placeId,
				...(corrected && { note: dice.pick(CORRECTIONS) }),
				processedBy: roster.coordinator.id,
				processedAt: processedAt > told.notedAt ? processedAt : told.notedAt,
			};
			return { doc, receivedAt: doc.processedAt };
		},

		/** The reporter saw it wrong and takes it back. */
		withdrawal({ doc: told }: Told<Observation>): Told<Withdrawal> {
			const withdrawnAt = instantAt(Date.parse(told.notedAt) + dice.between(2, 40) * MS_PER_MINUTE);
			const doc: Withdrawal = {
				type: 'withdrawal',
				v: 1,
				id: idOf('withdrawal', ulidAt(withdrawnAt)),
				schoolId,
				observationId: told.id,
				...(told.reporterId !== undefined && { withdrawnBy: told.reporterId }),
				withdrawnAt,
			};
			return { doc, receivedAt: withdrawnAt };
		},
	};
}

function as(child: Child, role: ParticipantRole): Participant {
	return { role, pupilId: child.id };
}

function noteFor(place: PlaceKind | null, dice: Dice): string {
	return dice.pick([...((place && NOTES[place]) ?? []), ...NOTES.anywhere]);
}

function arrivalOf(notedAt: Instant, dice: Dice): Instant {
	const minutes = dice.chance(LATE_ARRIVAL) ? dice.between(60, 240) : 0;
	return instantAt(Date.parse(notedAt) + minutes * MS_PER_MINUTE + dice.between(300, 9000));
}

function localDateTime(date: LocalDate, minute: number): LocalDateTime {
	const two = (n: number) => String(n).padStart(2, '0');
	return `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}` as LocalDateTime;
}

/** The moment of a wall-clock minute in Amsterdam. Nothing here happens at night, when the clock is changed. */
export function instantOf(date: LocalDate, minute: number, second: number): Instant {
	const offsetMinutes = isSummerTime(date) ? 120 : 60;
	return instantAt(dayNumber(date) * MS_PER_DAY + (minute - offsetMinutes) * MS_PER_MINUTE + second * 1000);
}

function instantAt(ms: number): Instant {
	return new Date(ms).toISOString() as Instant;
}

/** From the last Sunday of March up to the day before the last Sunday of October. */
function isSummerTime(date: LocalDate): boolean {
	const year = Number(date.slice(0, 4));
	const lastSunday = (month: number) => {
		const last = new Date(Date.UTC(year, month, 0));
		return new Date(last.getTime() - last.getUTCDay() * MS_PER_DAY).toISOString().slice(0, 10);
	};
	return date >= lastSunday(3) && date < lastSunday(10);
}
