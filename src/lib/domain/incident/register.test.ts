import { expect, test } from 'vitest';
import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { inboxItem } from './inbox-items.ts';
import { decide, draftOf, type ProcessingDraft } from './process-observation.ts';
import type { Processing } from './processing.ts';
import { registerCounts } from './register.ts';

const period = { from: '2026-01-01' as LocalDate, until: '2026-12-31' as LocalDate };
const stamp = { by: anId('person', 3), at: '2026-03-10T09:00:00.000Z' as never };

function processed(n: number, over: Partial<ProcessingDraft>): Processing {
	const item = inboxItem(anObservation(n), undefined);
	const decided = decide(item.observation, { ...draftOf(item), ...over }, 'confirmed', stamp);
	if (!decided.ok) throw new Error(decided.error.kind);
	return decided.value;
}

const many = (count: number, from: number, over: Partial<ProcessingDraft>) =>
	Array.from({ length: count }, (_, index) => processed(from + index, over));
const count = (processings: readonly Processing[], occurredAt = '2026-03-09T12:14') =>
	registerCounts({ processings, observation: () => ({ occurredAt: occurredAt as LocalDateTime }) }, period);

test('incidents count under each of their types, and small cells only together', () => {
	const processings = [
		...many(7, 1, { registerTypes: ['fight', 'threat'] }),
		...many(3, 20, { registerTypes: ['racism'] }),
		...many(2, 30, { registerTypes: ['blackmail'], registerBetween: 'parentAndStaff' }),
	];
	const { types, between } = count(processings);
	expect(types.cells).toEqual([
		{ key: 'fight', count: 7 },
		{ key: 'threat', count: 7 },
	]);
	expect(types.rest).toBe(5);
	expect(between.cells).toEqual([]);
	expect(between.rest).toBe(12);
});

test('two observations of one incident count once; what is of another year or was taken back does not', () => {
	const merged = many(6, 1, { registerTypes: ['fight'] }).map((each) => ({ ...each, incidentId: anId('incident', 1) }));
	expect(count(merged).types).toEqual({ cells: [], rest: null });
	expect(count(many(6, 1, { registerTypes: ['fight'] }), '2025-12-31T12:00').types.rest).toBe(0);
	const nothing = registerCounts(
		{ processings: many(6, 1, { registerTypes: ['fight'] }), observation: () => undefined },
		period,
	);
	expect(nothing.types).toEqual({ cells: [], rest: 0 });
});

test('without a type nothing is written, and what was decided before comes back in the draft', () => {
	expect(processed(1, {})).not.toHaveProperty('registerTypes');
	const before = processed(1, { registerTypes: ['fight'], registerBetween: 'staff' });
	expect(before).toMatchObject({ registerTypes: ['fight'], registerBetween: 'staff' });
	expect(draftOf(inboxItem(anObservation(1), before))).toMatchObject({
		registerTypes: ['fight'],
		registerBetween: 'staff',
	});
});
