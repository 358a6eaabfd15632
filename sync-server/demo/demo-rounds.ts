import { analyseColumns } from '#domain/analysis/analyse.ts';
import { buildColumns, type AnalysisFacts } from '#domain/analysis/columns.ts';
import type { AnalysisResult, PlaceFigure } from '#domain/analysis/result.ts';
import type { DomainDocument } from '#domain/document.ts';
import { idOf, type PersonId, type PupilId } from '#domain/id.ts';
import type { Measure } from '#domain/measures/measure.ts';
import { calendarRoundId, type RoundEntry, type RoundEvent, type RoundSnapshot } from '#domain/rounds/round.ts';
import { snapshotOf } from '#domain/rounds/snapshot.ts';
import { standingsOn } from '#domain/status/standing.ts';
import { isPlayground } from '#domain/school/roster.ts';
import type { StatusDecision } from '#domain/status/status-decision.ts';
import { suggestStatuses, type Because, type StatusSuggestion } from '#domain/status/suggest-status.ts';
import { addDays, type Instant, type LocalDate, type LocalTime } from '#domain/time/local-time.ts';
import type { DemoRoster } from './demo-roster.ts';
import { ROUND_TEXTS } from './demo-texts.ts';
import { diceFor, type Dice } from './random.ts';
import { seededUlid } from './seeded-ulid.ts';
import { instantOf, type Told } from './telling.ts';

/** A team follows most proposals, not all: a person decides (D9). */
const FOLLOWED = 0.7;
/** Nobody speaks to more children than this in a round. */
const MOST_DECISIONS = 16;
/** Older rounds had no app to close them in. */
const ROUNDS_IN_APP = 4;

type Facts = AnalysisFacts & { readonly calendars: NonNullable<AnalysisFacts['calendars']> };

/** The rounds of a demo year that were held: statuses agreed, groups walked, figures kept, and measures taken on them. */
export function* makeRounds(
	roster: DemoRoster,
	facts: Facts,
	today: LocalDate,
	seed: number,
): Generator<Told<DomainDocument>> {
	const dice = diceFor(seed, 'rounds');
	const days = [...new Set([...facts.calendars].flatMap(({ rounds }) => rounds))].sort();
	const held = days.filter((day) => addDays(day, 2) < today).slice(-ROUNDS_IN_APP - 1);
	const columns = buildColumns(facts);
	const decisions: StatusDecision[] = [];
	const maker = makerFor(roster, dice);
	for (const [index, on] of held.entries()) {
		const since = held[index - 1];
		if (since === undefined) continue;
		const result = analyseColumns(columns, { until: on, since, siteId: roster.site.id });
		const agreed = agree(result, decisions, on, maker);
		decisions.push(...agreed.map(({ doc }) => doc));
		yield* agreed;
		yield* walked(roster, on, decisions, maker, dice);
		yield maker.snapshot(on, result, decisions);
		yield maker.entry({ round: on, day: addDays(on, 1), minute: 15 * 60 + 40 }, roster.principal.id, {
			kind: 'closed',
		});
	}
	const [last, next] = [held.at(-1), days.find((day) => day > today)];
	if (last && next) yield* measures(analyseColumns(columns, { until: last }), last, next, maker, roster);
}

function agree(
	result: AnalysisResult,
	before: readonly StatusDecision[],
	on: LocalDate,
	maker: Maker,
): Told<StatusDecision>[] {
	const day = addDays(on, -1);
	const counters = new Map(result.counters.map((counter) => [counter.pupilId, counter]));
	return suggestStatuses(result, standingsOn(before, on))
		.toSorted(
			(a, b) =>
				hasStopped(b) - hasStopped(a) ||
				b.increase - a.increase ||
				b.count - a.count ||
				(a.pupilId < b.pupilId ? -1 : 1),
		)
		.filter(() => maker.dice.chance(FOLLOWED))
		.slice(0, MOST_DECISIONS)
		.map(({ pupilId, status, because, count, before: was }) => {
			const counter = counters.get(pupilId);
			return maker.decision(day, pupilId, status, reasonOf(because, was, count), {
				...{ until: on, reporter: counter?.reporter ?? 0 },
				...{ instigator: counter?.instigator ?? 0, victim: counter?.victim ?? 0, since: result.period.since },
				...{ instigatorIncrease: counter?.change?.instigator ?? 0, victimIncrease: counter?.change?.victim ?? 0 },
			});
		});
}

/** Who stopped is said first, so that the compliment is not forgotten (M5-14). */
function hasStopped({ increase }: StatusSuggestion): number {
	return increase === 0 ? 1 : 0;
}

function reasonOf({ kind }: Because, before: number, count: number): string {
	return `${before} → ${count}. ${ROUND_TEXTS.because[kind]}`;
}

function* walked(
	{ groups, pupilsByGroup, principal }: DemoRoster,
	on: LocalDate,
	decisions: readonly StatusDecision[],
	maker: Maker,
	dice: Dice,
): Generator<Told<RoundEntry>> {
	const standings = standingsOn(decisions, addDays(on, 1));
	let minute = 8 * 60 + 45;
	const moment = (day: LocalDate, at: number) => ({ round: on, day, minute: at });
	yield maker.entry(moment(on, minute), principal.id, {
		kind: 'note',
		groupId: null,
		text: dice.pick(ROUND_TEXTS.session),
	});
	for (const [index, { id: groupId }] of groups.entries()) {
		// Half of the groups a day.
		const day = index < groups.length / 2 ? on : addDays(on, 1);
		if (index === Math.ceil(groups.length / 2)) minute = 8 * 60 + 45;
		for (const { id: pupilId } of pupilsByGroup[index] ?? []) {
			const status = standings.get(pupilId)?.instigator?.status;
			if (status !== 'A1' && status !== 'A2') continue;
			yield maker.entry(moment(day, (minute += 4)), principal.id, { kind: 'talked', pupilId, done: true });
			const kind = status === 'A1' ? 'parentsCalled' : 'parentsInvited';
			yield maker.entry(moment(day, Math.max(minute + 2, 13 * 60 + 5)), principal.id, { kind, pupilId, done: true });
		}
		yield maker.entry(moment(day, (minute += 12)), principal.id, { kind: 'visited', groupId, done: true });
	}
}

function* measures(
	{ places, counts }: AnalysisResult,
	from: LocalDate,
	until: LocalDate,
	maker: Maker,
	roster: DemoRoster,
): Generator<Told<Measure>> {
	const [busiest, second] = places.filter(({ kind }) => kind !== null && isPlayground({ kind }));
	const watcher = (index: number) => (roster.supervisors[index] ?? roster.coordinator).id;
	const because = (place: PlaceFigure) => `${place.incidents} van de ${counts.incidents} incidenten waren hier.`;
	const lunch = { from: '12:00' as LocalTime, until: '12:45' as LocalTime };
	if (busiest) {
		yield maker.measure(from, {
			...{ kinds: ['risk', 'opportunity'], placeId: busiest.placeId, hours: lunch, because: because(busiest) },
			...{ text: ROUND_TEXTS.measures.play, from, until, watchedBy: watcher(0) },
		});
	}
	if (second) {
		const [start, end] = [addDays(from, -42), addDays(from, -1)];
		yield maker.measure(start, {
			...{ kinds: ['risk'], placeId: second.placeId, hours: null, because: because(second) },
			...{ text: ROUND_TEXTS.measures.watch, from: start, until: end, watchedBy: watcher(1) },
		});
	}
}

interface RoundMoment {
	/** Its first day. */
	readonly round: LocalDate;
	readonly day: LocalDate;
	readonly minute: number;
}

type Maker = ReturnType<typeof makerFor>;

function makerFor(roster: DemoRoster, dice: Dice) {
	const schoolId = roster.school.id;
	const groupOf = new Map(roster.pupilsByGroup.flat().map(({ id, groupId }) => [id, groupId]));
	const ulid = (at: Instant) => seededUlid(Date.parse(at), dice);
	const told = <D extends DomainDocument>(doc: D, at: Instant): Told<D> => ({ doc, receivedAt: at });
	return {
		dice,
		decision(
			day: LocalDate,
			pupilId: PupilId,
			status: StatusDecision['status'],
			reason: string,
			evidence: StatusDecision['evidence'],
		): Told<StatusDecision> {
			const at = instantOf(day, dice.between(15 * 60, 16 * 60 + 20), 0);
			const doc: StatusDecision = {
				...{ type: 'statusDecision', v: 1, id: idOf('statusDecision', ulid(at)), schoolId, pupilId, status },
				...{ from: day, reason, evidence, decidedBy: roster.coordinator.id, decidedAt: at },
			};
			return told(doc, at);
		},
		entry(when: RoundMoment, writtenBy: PersonId, what: RoundEvent): Told<RoundEntry> {
			const at = instantOf(when.day, when.minute, dice.between(0, 59));
			const roundId = calendarRoundId(schoolId, when.round);
			const doc: RoundEntry = {
				...{ type: 'roundEntry', v: 1, id: idOf('roundEntry', ulid(at)), schoolId, roundId, what },
				...{ writtenBy, writtenAt: at },
			};
			return told(doc, at);
		},
		snapshot(on: LocalDate, result: AnalysisResult, decisions: readonly StatusDecision[]): Told<RoundSnapshot> {
			const at = instantOf(addDays(on, 1), 15 * 60 + 40, 0);
			const round = { id: calendarRoundId(schoolId, on), on, until: addDays(on, 1) };
			const doc: RoundSnapshot = {
				...{ type: 'roundSnapshot', v: 1, id: idOf('roundSnapshot', ulid(at)), schoolId },
				...snapshotOf(round, roster.site.id, result, decisions, (pupilId) => groupOf.has(pupilId)),
				...{ madeBy: roster.principal.id, madeAt: at },
			};
			return told(doc, at);
		},
		measure(
			day: LocalDate,
			plan: Pick<Measure, 'kinds' | 'placeId' | 'hours' | 'because' | 'text' | 'from' | 'until' | 'watchedBy'>,
		): Told<Measure> {
			const at = instantOf(day, 15 * 60 + 10, 0);
			const id = idOf('measure', ulid(at));
			const rest = { pupilIds: [], groupId: null, decidedBy: roster.coordinator.id, decidedAt: at };
			return told({ type: 'measure', v: 1, id, schoolId, ...plan, ...rest }, at);
		},
	};
}
