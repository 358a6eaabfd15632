import type { AnalysisInput } from '#domain/analysis/analyse.ts';
import { Handling } from '#domain/observation/observation.ts';
import type { Thresholds } from '#domain/status/school-thresholds.ts';
import {
	compare,
	dayBefore,
	distinct,
	incidentsOf,
	isAskedFor,
	isPupilAskedFor,
	type Incident,
} from './naive-analysis.ts';

/** The rule of the thresholds written last. */
function lastRule(all: Iterable<Thresholds>) {
	const madeAt = (each: Thresholds) => new Date(each.madeAt).getTime();
	return [...all].sort((a, b) => madeAt(a) - madeAt(b) || compare(a.id, b.id)).at(-1)?.structural;
}

/** The second half of `docs/analysis.md` once more, in objects and loops: counts only, statistics are checked by themselves. */
export function naiveDetails(input: AnalysisInput) {
	const countersFrom = dayBefore(input.until, 364);
	const from = input.from ?? countersFrom;
	const all = incidentsOf(input);
	const asked = all.filter((incident) => incident.basket > 0 && isAskedFor(incident, input));
	const scoped = asked.filter(({ day }) => day >= from && day <= input.until);
	const daysIn = (first: string, last: string) => {
		const days: string[] = [];
		for (let day = first; day <= last; day = dayBefore(day, -1)) days.push(day);
		return days;
	};
	const period = daysIn(from, input.until);
	const open = (days: readonly string[]) => days.filter((day) => hasSchool(day, input)).length;
	const rate = (incidents: number, schoolDays: number) => (schoolDays === 0 ? null : incidents / schoolDays);
	const weekday = (day: string) => (new Date(`${day}T12:00Z`).getUTCDay() + 6) % 7;
	const monday = (day: string) => dayBefore(day, weekday(day));
	const count = (is: (incident: Incident) => boolean) => scoped.filter(is).length;

	const weeks = distinct(period.map(monday)).map((week) => {
		const days = period.filter((day) => monday(day) === week);
		const incidents = count(({ day }) => monday(day) === week);
		return { from: week, schoolDays: open(days), incidents, perSchoolDay: rate(incidents, open(days)) };
	});
	const stretch = (first: string, last: string) => {
		const incidents = asked.filter(({ day }) => day >= first && day <= last).length;
		const schoolDays = open(daysIn(first, last));
		return { from: first, until: last, incidents, schoolDays, perSchoolDay: rate(incidents, schoolDays) };
	};
	const { since, until } = input;
	const length = since === undefined ? 0 : daysIn(since, until).length - 1;

	const rule = input.structuralRule ?? lastRule(input.thresholds ?? []) ?? { incidents: 4, weeks: 3, victims: 1 };
	const instigators = distinct(scoped.flatMap((incident) => incident.instigators)).sort(compare);
	const numberOf = (pupil: string) => count((incident) => incident.instigators.includes(pupil));
	const evidence = instigators.map((pupilId) => {
		const own = scoped.filter((incident) => incident.instigators.includes(pupilId));
		const victims = distinct(own.flatMap((incident) => incident.victims)).filter((victim) => victim !== pupilId);
		const groups = distinct(own.flatMap(({ victimGroup }) => victimGroup ?? []));
		const days = own.map(({ day }) => day).sort(compare);
		const [reactive, proactive] = ['reactive', 'proactive'].map(
			(kind) => own.filter(({ aggressionFunction }) => aggressionFunction === kind).length,
		) as [number, number];
		const behindOthers = own.filter((incident) =>
			incident.instigators.some((other) => numberOf(other) > own.length),
		).length;
		const instrumental = behindOthers > own.length - behindOthers ? 'following' : 'leading';
		return {
			...{ pupilId, incidents: own.length, weeks: distinct(days.map(monday)).length },
			...{ victims: victims.length + groups.length, firstOn: days[0], lastOn: days.at(-1), reactive, proactive },
			behindOthers,
			level: reactive === proactive ? 'open' : reactive > proactive ? 'impulsive' : instrumental,
		};
	});
	const structural = evidence
		.filter((each) => each.incidents >= rule.incidents && each.weeks >= rule.weeks && each.victims >= rule.victims)
		.sort((a, b) => b.incidents - a.incidents || compare(a.pupilId, b.pupilId));
	const isStructural = (pupil: string) => structural.some(({ pupilId }) => pupilId === pupil);

	const pairs = distinct(
		scoped.flatMap(({ instigators: by, victims }) =>
			by.flatMap((one) => victims.filter((other) => other !== one).map((other) => `${one} ${other}`)),
		),
	).map((pair) => {
		const [instigatorId, victimId] = pair.split(' ') as [string, string];
		const own = scoped.filter(
			({ instigators: by, victims }) => by.includes(instigatorId) && victims.includes(victimId),
		);
		return {
			instigatorId,
			victimId,
			incidents: own.length,
			lastOn: own
				.map(({ day }) => day)
				.sort(compare)
				.at(-1),
		};
	});
	const groupOf = (pupil: string) => [...input.pupils].find(({ id }) => id === pupil)?.groupId ?? null;
	const groupPairs = distinct(pairs.map((pair) => `${groupOf(pair.instigatorId)} ${groupOf(pair.victimId)}`)).map(
		(key) => {
			const [one, other] = key.split(' ').map((id) => (id === 'null' ? null : id)) as [string | null, string | null];
			const own = pairs.filter((pair) => groupOf(pair.instigatorId) === one && groupOf(pair.victimId) === other);
			return { from: one, to: other, pairs: own.reduce((sum, pair) => sum + pair.incidents, 0) };
		},
	);
	const lastIfNull = (id: string | null) => id ?? '~';

	const askedGreen = all.filter((incident) => incident.basket === 0 && isAskedFor(incident, input));
	const told = [...scoped, ...askedGreen.filter(({ day }) => day >= from && day <= until)];
	const isWhole = !input.groupId && !input.siteId && !input.pupilId;
	const persons = [...(input.persons ?? [])];
	const reporters = distinct([
		...told.flatMap((incident) => incident.reporters),
		...(isWhole ? persons.map(({ id }) => id as string) : []),
	]).map((personId) => {
		const own = told.filter((incident) => incident.reporters.includes(personId));
		return {
			personId,
			incidents: own.length,
			lastOn:
				own
					.map(({ day }) => day)
					.sort(compare)
					.at(-1) ?? null,
		};
	});
	const everything = all.filter(({ day }) => day >= from && day <= until);
	const silence = (incidents: readonly Incident[]) => {
		const lastOn =
			incidents
				.map(({ day }) => day)
				.sort(compare)
				.at(-1) ?? null;
		const schoolDays = open(period.filter((day) => lastOn === null || day > lastOn));
		return { lastOn, schoolDays, isSilent: schoolDays >= 20 };
	};
	const here = [...input.pupils].filter(({ leftOn }) => leftOn === undefined || leftOn >= from);
	const part = (pupils: number, incidents: number) => ({
		...{ pupils, incidents },
		perPupilPerSchoolDay: open(period) === 0 ? null : incidents / pupils / open(period),
	});
	const siteIds = distinct([...input.groups, ...input.places].map(({ siteId }) => siteId as string)).sort(compare);
	const siteOf = (group: string | null) => [...input.groups].find(({ id }) => id === group)?.siteId;

	return {
		schoolDays: open(period),
		months: distinct(period.map((day) => day.slice(0, 7))).map((month) => {
			const schoolDays = open(period.filter((day) => day.startsWith(month)));
			const incidents = count(({ day }) => day.startsWith(month));
			return { month, incidents, schoolDays, perSchoolDay: rate(incidents, schoolDays) };
		}),
		weekdayRates: [0, 1, 2, 3, 4, 5, 6].map((which) => {
			const schoolDays = open(period.filter((day) => weekday(day) === which));
			return {
				schoolDays,
				perSchoolDay: rate(
					count(({ day }) => weekday(day) === which),
					schoolDays,
				),
			};
		}),
		weeks,
		sinceRound:
			since === undefined || since >= until
				? null
				: { before: stretch(dayBefore(since, length - 1), since), after: stretch(dayBefore(since, -1), until) },
		situations: ['before', 'lesson', 'break', 'lunch', 'after', 'otherTime', 'noSchool'].map((situation) => {
			const minutes = period
				.filter((day) => hasSchool(day, input))
				.map((day) => minutesOf(day, input).filter((each) => each === situation).length)
				.reduce((sum, each) => sum + each, 0);
			const known = situation === 'otherTime' || situation === 'noSchool' || minutes === 0 ? null : minutes;
			return {
				...{ situation, minutes: known },
				incidents: count(({ day, minute }) => minutesOf(day, input)[minute] === situation),
			};
		}),
		structural: {
			pupils: structural,
			structural: count((incident) => incident.instigators.some(isStructural)),
			incidental: count(({ instigators: by }) => by.length > 0 && !by.some(isStructural)),
			unknown: count(({ instigators: by }) => by.length === 0),
			incidentalPupils: instigators.length - structural.length,
		},
		handling: Handling.options
			.map((handling) => ({ handling, incidents: count((incident) => incident.handling.includes(handling)) }))
			.filter(({ incidents }) => incidents > 0)
			.sort((a, b) => b.incidents - a.incidents),
		unhandled: count(({ handling }) => handling.length === 0),
		functions: ['reactive', 'proactive', null].map((kind) =>
			count(({ aggressionFunction }) => aggressionFunction === kind),
		),
		wholeGroup: count(({ victimGroup }) => victimGroup !== null),
		wholeGroups: distinct(scoped.flatMap(({ victimGroup }) => victimGroup ?? []))
			.map((groupId) => ({ groupId, incidents: count(({ victimGroup }) => victimGroup === groupId) }))
			.sort((a, b) => b.incidents - a.incidents || compare(a.groupId, b.groupId)),
		pairs: pairs.sort(
			(a, b) => b.incidents - a.incidents || compare(a.instigatorId, b.instigatorId) || compare(a.victimId, b.victimId),
		),
		groupPairs: groupPairs.sort(
			(a, b) =>
				b.pairs - a.pairs ||
				compare(lastIfNull(a.from), lastIfNull(b.from)) ||
				compare(lastIfNull(a.to), lastIfNull(b.to)),
		),
		reporters: reporters.sort((a, b) => b.incidents - a.incidents || compare(a.personId, b.personId)),
		groupReporting: [...input.groups]
			.sort((a, b) => compare(a.id, b.id))
			.map(({ id }) => {
				const teachers = persons.filter(({ roles, groupIds }) => roles.includes('teacher') && groupIds.includes(id));
				return {
					groupId: id,
					about: silence(everything.filter(({ groups }) => groups.includes(id))),
					byTeachers:
						teachers.length === 0
							? null
							: silence(everything.filter((each) => teachers.some((one) => each.reporters.includes(one.id)))),
				};
			}),
		comparisons:
			input.groupId || input.pupilId
				? null
				: {
						groups: [...input.groups]
							.sort((a, b) => compare(a.id, b.id))
							.map(({ id }) => ({
								groupId: id,
								...part(
									here.filter(({ groupId }) => groupId === id).length,
									count(({ groups }) => groups.includes(id)),
								),
							}))
							.filter(({ pupils }) => pupils > 0),
						sites: siteIds
							.map((siteId) => ({
								siteId,
								...part(
									here.filter(({ groupId }) => siteOf(groupId) === siteId).length,
									count((incident) =>
										isAskedFor(incident, { ...facts(input), siteId: siteId as never, until: input.until }),
									),
								),
							}))
							.filter(({ pupils }) => pupils > 0),
						sexes: [...(input.schools ?? [])].every(({ keepsSex }) => keepsSex)
							? ['boy', 'girl']
									.map((sex) => {
										const named = instigators.filter(
											(pupil) => [...input.pupils].find(({ id }) => id === pupil)?.sex === sex,
										);
										const found = named.reduce((sum, pupil) => sum + numberOf(pupil), 0);
										return {
											...{ sex, instigators: named.length },
											...part(here.filter((pupil) => pupil.sex === sex).length, found),
										};
									})
									.filter(({ pupils }) => pupils > 0)
							: null,
					},
		integrity: integrityOf(input, asked, scoped, from),
		gini: giniOf(input, scoped, from),
	};
}

function facts({ groups, pupils, places, observations, processings, withdrawals }: AnalysisInput) {
	return { groups, pupils, places, observations, processings, withdrawals };
}

function integrityOf(input: AnalysisInput, asked: readonly Incident[], scoped: readonly Incident[], from: string) {
	const count = (is: (incident: Incident) => boolean) => scoped.filter(is).length;
	const named = ({ instigators, victims }: Incident) => distinct([...instigators, ...victims]);
	const leftOn = (id: string) => [...input.pupils].find((pupil) => pupil.id === id)?.leftOn;
	const told = new Set<string>([...input.observations].map(({ id }) => id));
	const doubles = scoped.flatMap((one, index) =>
		scoped
			.slice(index + 1)
			.filter(
				(other) =>
					one.day === other.day &&
					Math.abs(one.minute - other.minute) <= 60 &&
					one.instigators.some((pupil) => other.instigators.includes(pupil)) &&
					one.victims.some((pupil) => other.victims.includes(pupil)),
			),
	);
	return {
		withoutPlace: count(({ place }) => place === null),
		withUnknownChild: count(({ hasUnknownChild }) => hasUnknownChild),
		withTwoRoles: count(({ instigators, victims }) => instigators.some((pupil) => victims.includes(pupil))),
		afterLeaving: count((incident) => named(incident).some((pupil) => (leftOn(pupil) ?? '9999') < incident.day)),
		onFreeDays: count(({ day, outsideSchool }) => !outsideSchool && !hasSchool(day, input)),
		likelyDoubles: doubles.length,
		beforePeriod: asked.filter(({ day }) => day < from).length,
		// A period that ends before it starts lies where it starts.
		afterPeriod: asked.filter(({ day }) => day >= from && day > input.until).length,
		unknownPupils: distinct(scoped.flatMap(named))
			.filter((pupil) => ![...input.pupils].some(({ id }) => id === pupil))
			.sort(compare),
		withoutObservation: [
			...distinct([...input.processings].map(({ observationId }) => observationId)),
			...[...input.withdrawals].map(({ observationId }) => observationId),
		].filter((id) => !told.has(id)).length,
	};
}

/** The mean difference between two pupils over twice the mean. */
function giniOf(input: AnalysisInput, scoped: readonly Incident[], from: string): number {
	const named = scoped.flatMap(({ instigators }) => instigators);
	const here = [...input.pupils].filter(
		({ id, leftOn }) => (leftOn === undefined || leftOn >= from) && isPupilAskedFor(id, input),
	);
	const pupils = distinct([...here.map(({ id }) => id as string), ...named]);
	const counts = pupils.map((pupil) => named.filter((other) => other === pupil).length);
	const differences = counts.flatMap((a) => counts.map((b) => Math.abs(a - b))).reduce((sum, each) => sum + each, 0);
	return named.length === 0 ? 0 : differences / (2 * pupils.length * named.length);
}

/** Weekends and closures are free, a closure for 120 days and its first at most; outside every calendar national days off. */
function hasSchool(day: string, input: AnalysisInput): boolean {
	return remembered(schoolDays, input, day, () => isOpenOn(day, input));
}

function isOpenOn(day: string, input: AnalysisInput): boolean {
	if ([0, 6].includes(new Date(`${day}T12:00Z`).getUTCDay())) return false;
	const calendars = [...(input.calendars ?? [])];
	const closed = calendars.some(({ closures }) =>
		closures.some((each) => each.from <= day && day <= each.until && day <= dayBefore(each.from, -120)),
	);
	if (closed) return false;
	return calendars.some(({ from, until }) => from <= day && day <= until) || !NATIONAL_DAYS_OFF.includes(day);
}

/** Those that fall on a weekday, of the years in which random observations fall. */
const NATIONAL_DAYS_OFF = [
	...['2024-12-25', '2024-12-26', '2025-01-01', '2025-04-21', '2025-05-05', '2025-05-29', '2025-06-09', '2025-12-25'],
	...['2025-12-26', '2026-01-01', '2026-04-06', '2026-04-27', '2026-05-05', '2026-05-14', '2026-05-25', '2026-12-25'],
	...['2027-01-01', '2027-03-29', '2027-04-27', '2027-05-05', '2027-05-06', '2027-05-17'],
];

/** The situation of each minute of a day. */
function minutesOf(day: string, input: AnalysisInput): string[] {
	return remembered(situations, input, day, () => situationsOf(day, input));
}

const schoolDays = new WeakMap<object, Map<string, boolean>>();
const situations = new WeakMap<object, Map<string, string[]>>();

/** Asked of the same day again and again: plain loops need not be that slow. */
function remembered<T>(all: WeakMap<object, Map<string, T>>, of: object, day: string, make: () => T): T {
	const known = all.get(of) ?? new Map<string, T>();
	all.set(of, known);
	const value = known.get(day) ?? make();
	known.set(day, value);
	return value;
}

function situationsOf(day: string, input: AnalysisInput): string[] {
	const minutes = Array.from({ length: 1440 }, () => 'noSchool');
	if (!hasSchool(day, input)) return minutes;
	const calendar = [...(input.calendars ?? [])]
		.sort((a, b) => compare(a.id, b.id))
		.find(({ from, until }) => from <= day && day <= until);
	const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
	return minutes.map((_, minute) => {
		const part = calendar?.dayParts.find(({ from, until }) => at(from) <= minute && minute < at(until));
		return part?.kind ?? 'otherTime';
	});
}
