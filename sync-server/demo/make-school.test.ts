import { describe, expect, test } from 'vitest';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import { DomainDocument as DomainDocumentSchema } from '#domain/document.ts';
import { foldIncidents, type Incident } from '#domain/incident/incidents.ts';
import { BEHAVIOUR_IDS, Form, traitsOf } from '#domain/observation/behaviour.ts';
import { isPlayground } from '#domain/school/roster.ts';
import { addDays, dateOf, dayNumber, isoWeekday, toLocalDateTime, type LocalDate } from '#domain/time/local-time.ts';
import { repeatedSignals } from '#domain/signals/repeated-signals.ts';
import { DEMO_OBSERVATIONS, DEMO_PUPILS, DEMO_TODAY, makeDemoSchool } from './make-school.ts';

function school(seed: number, today: LocalDate = DEMO_TODAY, observations = DEMO_OBSERVATIONS, pupils = DEMO_PUPILS) {
	const received = [...makeDemoSchool({ pupils, observations, seed, today })];
	const documents = received.map(({ doc }) => doc);
	const all = <T extends DocumentType>(type: T): DocumentOf<T>[] =>
		documents.filter((doc): doc is DocumentOf<T> => doc.type === type);
	const incidents = foldIncidents({
		observations: all('observation'),
		withdrawals: all('withdrawal'),
		processings: all('processing'),
	});
	return { received, documents, all, incidents, unwanted: incidents.filter(({ basket }) => basket !== 'green') };
}

const part = (incidents: readonly Incident[], is: (incident: Incident) => boolean) =>
	incidents.filter(is).length / incidents.length;

function instigatorCounts(incidents: readonly Incident[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { participants } of incidents) {
		for (const each of participants) {
			if (each.role !== 'instigator' || !('pupilId' in each)) continue;
			counts.set(each.pupilId, (counts.get(each.pupilId) ?? 0) + 1);
		}
	}
	return counts;
}

describe.each([7, 8, 2026])('the demo school of seed %i', (seed) => {
	const { documents, all, incidents, unwanted, received } = school(seed);

	test('holds what was asked for, and every document follows its schema', () => {
		expect(all('pupil')).toHaveLength(DEMO_PUPILS);
		expect(all('observation')).toHaveLength(DEMO_OBSERVATIONS);
		expect(
			all('group')
				.map(({ name }) => name)
				.slice(0, 3),
		).toEqual(['1A', '1B', '2A']);
		expect(all('group')).toHaveLength(16);
		const wrong = documents.filter((doc) => !DomainDocumentSchema.safeParse(doc).success);
		expect(wrong).toEqual([]);
		expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
	});

	test('about 80 % of incidents come from about 10 % of the pupils', () => {
		const counts = [...instigatorCounts(unwanted).values()].sort((a, b) => b - a);
		const total = counts.reduce((sum, count) => sum + count, 0);
		let [reached, pupils] = [0, 0];
		while (reached < total * 0.8) reached += counts[pupils++] ?? 0;
		expect(pupils / DEMO_PUPILS).toBeGreaterThan(0.07);
		expect(pupils / DEMO_PUPILS).toBeLessThan(0.12);
	});

	test('about 40 % on the playground, 20 % violent, baskets 60/30/10, and some of it wanted', () => {
		const playground = new Set(
			all('place')
				.filter(isPlayground)
				.map(({ id }) => id),
		);
		expect(part(unwanted, ({ placeId }) => placeId !== null && playground.has(placeId))).toBeCloseTo(0.4, 1);
		expect(part(unwanted, ({ behaviours }) => behaviours.some((each) => traitsOf(each).violent))).toBeCloseTo(0.2, 1);
		expect(Math.abs(part(unwanted, ({ basket }) => basket === 'yellow') - 0.6)).toBeLessThan(0.04);
		expect(Math.abs(part(unwanted, ({ basket }) => basket === 'orange') - 0.3)).toBeLessThan(0.05);
		expect(Math.abs(part(unwanted, ({ basket }) => basket === 'red') - 0.1)).toBeLessThan(0.03);
		expect(1 - unwanted.length / incidents.length).toBeGreaterThan(0.04);
	});

	test('every behaviour and every form happens', () => {
		expect(new Set(incidents.flatMap(({ behaviours }) => behaviours)).size).toBe(BEHAVIOUR_IDS.length);
		expect(new Set(incidents.flatMap(({ forms }) => forms)).size).toBe(Form.options.length);
	});

	test('observations rise for three months, fall for three, and then hold level', () => {
		const first = dayNumber(addDays(DEMO_TODAY, -364));
		const closures = all('calendar').flatMap((calendar) => calendar.closures);
		const isOpen = (date: LocalDate) =>
			isoWeekday(date) <= 5 && !closures.some(({ from, until }) => from <= date && date <= until);
		const perSchoolDay = (from: number, until: number) => {
			const days = Array.from({ length: until - from }, (_, i) => addDays(DEMO_TODAY, from + i - 364)).filter(isOpen);
			const count = all('observation').filter(({ occurredAt }) => {
				const day = dayNumber(occurredAt) - first;
				return day >= from && day < until;
			}).length;
			return count / days.length;
		};
		const [early, peak, falling, level, later] = [
			[0, 45],
			[60, 120],
			[120, 182],
			[182, 273],
			[273, 364],
		].map(([from = 0, until = 0]) => perSchoolDay(from, until)) as [number, number, number, number, number];
		expect(peak).toBeGreaterThan(1.3 * early);
		expect(falling).toBeLessThan(0.9 * peak);
		expect(level).toBeLessThan(0.7 * peak);
		expect(Math.abs(later - level) / level).toBeLessThan(0.25);
	});

	test('happens on school days, but for a little online or on the way, and never today or later', () => {
		const closures = all('calendar').flatMap((calendar) => calendar.closures);
		const off = all('observation').filter(({ occurredAt }) => {
			const date = occurredAt.slice(0, 10) as LocalDate;
			return isoWeekday(date) > 5 || closures.some(({ from, until }) => from <= date && date <= until);
		});
		expect(off.every(({ outsideSchool }) => outsideSchool)).toBe(true);
		expect(off.length / DEMO_OBSERVATIONS).toBeLessThan(0.03);
		for (const { occurredAt } of all('observation')) {
			const date = dateOf(occurredAt);
			expect(date < DEMO_TODAY && date >= addDays(DEMO_TODAY, -364)).toBe(true);
		}
		const notedLate = all('observation').filter(
			({ notedAt, occurredAt, zone }) => toLocalDateTime(new Date(notedAt), zone) < occurredAt,
		);
		expect(notedLate).toEqual([]);
		expect(received.filter(({ receivedAt }) => receivedAt >= `${DEMO_TODAY}T06:00`)).toEqual([]);
	});

	test('some frequent pupils were spoken to and stopped; two groups have a structural problem', () => {
		const before = instigatorCounts(
			unwanted.filter(({ occurredAt }) => dateOf(occurredAt) < addDays(DEMO_TODAY, -100)),
		);
		const after = instigatorCounts(unwanted.filter(({ occurredAt }) => dateOf(occurredAt) >= addDays(DEMO_TODAY, -60)));
		const stopped = [...before].filter(([id, count]) => count >= 10 && !after.has(id));
		expect(stopped.length).toBeGreaterThanOrEqual(3);

		const groupOf = new Map(all('pupil').map((pupil) => [pupil.id as string, pupil.groupId as string]));
		const perGroup = new Map<string, number>();
		for (const [id, count] of instigatorCounts(unwanted)) {
			const group = groupOf.get(id) ?? '';
			perGroup.set(group, (perGroup.get(group) ?? 0) + count);
		}
		const sorted = [...perGroup.values()].sort((a, b) => b - a);
		const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
		expect(sorted[1]).toBeGreaterThan(1.8 * median);
	});

	test('leaves the coordinator something to do: new ones, doubles merged, an unknown child, things taken back', () => {
		const recent = incidents.filter(({ processed }) => !processed);
		expect(recent.length).toBeGreaterThan(5);
		expect(recent.every(({ occurredAt }) => dateOf(occurredAt) >= addDays(DEMO_TODAY, -8))).toBe(true);
		expect(incidents.filter(({ observationIds }) => observationIds.length > 1).length).toBeGreaterThan(20);
		expect(recent.some(({ participants }) => participants.some((each) => 'description' in each))).toBe(true);
		expect(all('withdrawal').length).toBeGreaterThan(0);
		expect(part(unwanted, ({ toldBy }) => toldBy.length > 0)).toBeGreaterThan(0.05);
	});

	test('has people to sign in as, and cases with a follow-up due today', () => {
		expect(all('person')[0]).toMatchObject({ roles: ['supervisor'] });
		expect(all('person')[0]?.name).toMatch(/^Sanne /);
		const teachers = all('person').filter(({ roles }) => roles.includes('teacher'));
		expect(new Set(teachers.flatMap(({ groupIds }) => groupIds)).size).toBe(16);
		expect(all('person').filter(({ roles }) => roles.includes('coordinator'))).toHaveLength(1);
		expect(all('person').filter(({ roles }) => roles.includes('confidant'))).toHaveLength(1);
		expect(all('case').length).toBeGreaterThanOrEqual(5);
		expect(all('followUp').some(({ plannedOn }) => plannedOn === DEMO_TODAY)).toBe(true);
		expect(all('case').filter(({ incidentIds }) => incidentIds.length > 0).length).toBeGreaterThanOrEqual(5);
		const known = new Set(incidents.map(({ id }) => id));
		expect(all('case').flatMap(({ incidentIds }) => incidentIds.filter((id) => !known.has(id)))).toEqual([]);
	});
});

test('somebody was noted about more than once and waits for the confidant, somebody was looked at, and somebody once', () => {
	const { all } = school(7);
	const repeated = repeatedSignals(all('signal'), all('signalReview'), DEMO_TODAY);
	expect(repeated.map(({ waits }) => waits)).toEqual([true, false]);
	expect(new Set(all('signal').map(({ pupilId }) => pupilId)).size).toBe(3);
});

const bytes = (documents: readonly DomainDocument[]) => JSON.stringify(documents);

test('the same seed gives the same bytes, and another seed another school', () => {
	expect(bytes(school(7).documents)).toBe(bytes(school(7).documents));
	expect(bytes(school(7).documents)).not.toBe(bytes(school(8).documents));
});

test('on another day it is the same school with the same children', () => {
	const pupils = (today: string) => school(7, today as LocalDate).all('pupil');
	expect(pupils('2027-02-02')).toEqual(pupils('2026-11-20'));
});

test('a school of any size can be made, also without observations', () => {
	expect(school(7, DEMO_TODAY, 0, 8).all('pupil')).toHaveLength(8);
	expect(school(7, DEMO_TODAY, 40, 30).all('observation')).toHaveLength(40);
	expect(school(7, DEMO_TODAY, 100, 2000).all('group').at(-1)?.name).toBe('8I');
});
