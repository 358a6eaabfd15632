import { expect, test } from 'vitest';
import { isGroupSessionExpired } from '#domain/retention/expiry.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { GroupSession, reviewsHeld, sessionsOf } from './group-session.ts';

function session(n: number, on: string, over: Partial<GroupSession> = {}): GroupSession {
	return {
		...{ type: 'groupSession', v: 1, id: anId('groupSession', n), schoolId: anId('school', 1) },
		...{ groupId: anId('group', 6), kind: 'review', on: on as LocalDate, text: 'Vaste plekken in de kring.' },
		...{ forPersonId: null, writtenBy: anId('person', 2), writtenAt: `${on}T14:00:00Z` as Instant },
		...over,
	};
}

test('the reviews of one group since a day, the last one first; one meeting of two who write is one review', () => {
	const all = [
		...[session(1, '2026-05-20'), session(2, '2026-10-12'), session(3, '2026-11-18'), session(4, '2026-11-18')],
		...[session(5, '2026-11-18', { kind: 'handover' }), session(6, '2026-11-18', { groupId: anId('group', 8) })],
	];
	expect(all.every((each) => GroupSession.safeParse(each).success)).toBe(true);
	for (const order of [all, all.toReversed()]) {
		const found = sessionsOf(order, anId('group', 6), 'review', '2026-08-01' as LocalDate);
		expect(found.map(({ id }) => id)).toEqual([4, 3, 2].map((n) => anId('groupSession', n)));
		expect(reviewsHeld(found)).toBe(2);
	}
});

test('it is kept for 365 days and no day longer', () => {
	const written = session(1, '2026-11-18');
	expect(isGroupSessionExpired(written, new Date('2027-11-18T13:59:59Z'))).toBe(false);
	expect(isGroupSessionExpired(written, new Date('2027-11-18T14:00:00Z'))).toBe(true);
});
