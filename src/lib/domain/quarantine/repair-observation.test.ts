import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Observation } from '#domain/observation/observation.ts';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';
import { anId, anObservation, aSchool } from '#tests/factories/school.ts';
import type { QuarantineEntry } from './quarantine.ts';
import { repairObservation, type RepairFacts } from './repair-observation.ts';

const FACTS: RepairFacts = {
	schoolId: aSchool().id,
	zone: 'Europe/Amsterdam',
	now: '2026-03-09T13:00' as LocalDateTime,
	hasPupil: (id) => id <= anId('pupil', 8),
	hasPlace: (id) => id <= anId('place', 4),
	hasGroup: (id) => id === anId('group', 6),
	unknownChild: 'onbekend kind',
};

function anEntry(item: string): QuarantineEntry {
	return {
		type: 'quarantineEntry',
		v: 1,
		id: anId('quarantineEntry', 1),
		schoolId: aSchool().id,
		authorId: anId('person', 1),
		deviceId: anId('device', 1),
		itemId: anId('observation', 1),
		itemRev: 'r1',
		seq: 1,
		item,
		isCut: false,
		reason: 'malformed',
		receivedAt: '2026-03-09T12:00:00.000Z' as Instant,
	};
}

const repair = (over: object) => repairObservation(anEntry(JSON.stringify({ ...anObservation(1), ...over })), FACTS);

test('what is right stays as it came', () => {
	expect(repair({})).toEqual({ observation: anObservation(1), changed: [], needsBehaviour: false });
});

test('what the school does not know becomes unknown, and is named', () => {
	const repaired = repair({
		placeId: anId('place', 99),
		participants: [
			{ role: 'instigator', pupilId: anId('pupil', 99) },
			{ role: 'victim', pupilId: anId('pupil', 2) },
		],
		occurredAt: '2030-01-01T00:00',
		note: 'x'.repeat(5000),
	});
	expect(repaired?.changed.toSorted()).toEqual(['note', 'occurredAt', 'participants', 'placeId']);
	expect(repaired?.observation).toMatchObject({
		placeId: null,
		occurredAt: FACTS.now,
		participants: [
			{ role: 'instigator', description: 'onbekend kind' },
			{ role: 'victim', pupilId: anId('pupil', 2) },
		],
	});
	expect(repaired?.observation.note).toHaveLength(2000);
});

test('it is told by who sent it, whoever it names', () => {
	const repaired = repair({ reporterId: anId('person', 2) });
	expect(repaired?.observation.reporterId).toBe(anId('person', 1));
	expect(repaired?.changed).toEqual(['reporterId']);
});

test('whatever was sent: what comes out is an observation of this school, or nothing', () => {
	const fields = Object.fromEntries(
		Object.keys(anObservation(1, { note: 'a', motive: 'b', toldBy: anId('pupil', 3) })).map((field) => [
			field,
			fc.anything(),
		]),
	);
	fc.assert(
		fc.property(fc.record(fields, { requiredKeys: [] }), fc.boolean(), (over, isOne) => {
			const base = isOne ? { ...anObservation(1), ...over, type: 'observation', schoolId: aSchool().id } : over;
			const repaired = repairObservation(anEntry(JSON.stringify(base) ?? ''), FACTS);
			if (!repaired) {
				expect(isOne).toBe(false);
				return;
			}
			const { observation, needsBehaviour } = repaired;
			const behaviours = needsBehaviour ? (['pushing'] as const) : observation.behaviours;
			expect(Observation.safeParse({ ...observation, behaviours }).error).toBeUndefined();
			expect(observation.reporterId).toBe(anId('person', 1));
		}),
	);
	expect(repairObservation(anEntry('{"type":"observation"'), FACTS)).toBeNull();
	expect(repairObservation(anEntry('[]'), FACTS)).toBeNull();
});
