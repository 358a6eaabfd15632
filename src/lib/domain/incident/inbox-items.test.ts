import { expect, test } from 'vitest';
import type { Withdrawal } from '#domain/observation/observation.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { anId, anObservation, NOTED_AT } from '#tests/factories/school.ts';
import { inboxItem, inboxItems } from './inbox-items.ts';
import { decide, draftOf, revert } from './process-observation.ts';

const STAMP = { by: anId('person', 9), at: NOTED_AT };

function withdrawal(observation: number, by: number): Withdrawal {
	const common = { type: 'withdrawal', v: 1, schoolId: anId('school', 1), withdrawnAt: NOTED_AT } as const;
	return {
		...common,
		id: anId('withdrawal', observation),
		observationId: anId('observation', observation),
		withdrawnBy: anId('person', by),
	};
}

test('the newest stands first and what nobody decided on is to process', () => {
	const early = anObservation(1, { occurredAt: '2026-03-09T10:05' as LocalDateTime });
	const late = anObservation(2, { occurredAt: '2026-03-09T15:05' as LocalDateTime });
	const items = inboxItems({ observations: [early, late], withdrawals: [], processings: [] });
	expect(items.map((each) => [each.observation.id, each.state])).toEqual([
		[late.id, 'toProcess'],
		[early.id, 'toProcess'],
	]);
});

test('what its reporter took back is not there; what somebody else tried to take back is', () => {
	const observations = [anObservation(1), anObservation(2)];
	const items = inboxItems({ observations, withdrawals: [withdrawal(1, 1), withdrawal(2, 5)], processings: [] });
	expect(items.map((each) => each.observation.id)).toEqual([anId('observation', 2)]);
});

test('a decision that was put back is to process again, as it was told', () => {
	const before = inboxItem(anObservation(1), undefined);
	const confirmed = decide(before.observation, { ...draftOf(before), basket: 'red' }, 'confirmed', STAMP);
	if (!confirmed.ok) throw new Error('should be confirmed');
	expect(inboxItem(before.observation, confirmed.value).state).toBe('confirmed');
	const after = inboxItem(before.observation, revert(before, STAMP));
	expect(after.state).toBe('toProcess');
	expect(draftOf(after)).toEqual(draftOf(before));
});
