import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LocalDateTime, type LocalTime } from '#domain/time/local-time.ts';
import { minutesBetween, spokenKind, whenAt, whenChoices, whenFor } from './when.ts';

const at = (text: string) => text as LocalDateTime;
const time = (text: string) => text as LocalTime;

test('what people say becomes a moment, about or exact', () => {
	const now = at('2026-03-10T00:05');
	expect(whenFor('now', now)).toMatchObject({ at: now, precision: 'exact' });
	expect(whenFor('tenMinutesAgo', now)).toMatchObject({ at: '2026-03-09T23:55', precision: 'about' });
	expect(whenFor('halfHourAgo', now).at).toBe('2026-03-09T23:35');
	expect(whenFor('lastLunch', now).at).toBe('2026-03-09T12:15');
});

test('on Monday the last lunch was on Friday', () => {
	expect(whenFor('lastLunch', at('2026-03-09T09:00')).at).toBe('2026-03-06T12:15');
});

test("the school's own breaks go before the usual ones", () => {
	const calendar = {
		dayParts: [
			{ name: 'middag', kind: 'break' as const, from: time('14:00'), until: time('14:10') },
			{ name: 'ochtend', kind: 'break' as const, from: time('10:30'), until: time('10:45') },
			{ name: 'overblijf', kind: 'lunch' as const, from: time('11:45'), until: time('12:30') },
		],
	};
	expect(whenFor('morningBreak', at('2026-03-10T13:00'), calendar).at).toBe('2026-03-10T10:30');
	expect(whenFor('lastLunch', at('2026-03-10T13:00'), calendar).at).toBe('2026-03-09T11:45');
});

test('a break that has not begun is not offered', () => {
	expect(whenChoices(at('2026-03-10T09:00'))).toEqual(['now', 'tenMinutesAgo', 'halfHourAgo', 'lastLunch']);
	expect(whenChoices(at('2026-03-10T11:00'))).toContain('morningBreak');
});

test('words are used while they are true', () => {
	const said = whenFor('now', at('2026-03-10T12:00'));
	expect(spokenKind(said, at('2026-03-10T12:10'))).toBe('now');
	expect(spokenKind(said, at('2026-03-10T12:11'))).toBe('exact');
	const lunch = whenFor('lastLunch', at('2026-03-10T12:00'));
	expect(spokenKind(lunch, at('2026-03-10T17:00'))).toBe('lastLunch');
	expect(spokenKind(lunch, at('2026-03-11T08:00'))).toBe('exact');
	expect(spokenKind(whenAt(at('2026-03-10T11:00'), at('2026-03-10T12:00')), at('2026-03-10T12:00'))).toBe('exact');
});

test('whenever it is said, no choice offered lies in the future and every one is a true moment', () => {
	const moments = fc
		.date({ min: new Date('2025-01-01T00:00:00Z'), max: new Date('2028-12-31T23:59:00Z'), noInvalidDate: true })
		.map((date) => at(date.toISOString().slice(0, 16)));
	fc.assert(
		fc.property(moments, (now) => {
			for (const kind of whenChoices(now)) {
				const when = whenFor(kind, now);
				expect(LocalDateTime.parse(when.at)).toBe(when.at);
				expect(minutesBetween(when.at, now)).toBeGreaterThanOrEqual(0);
			}
		}),
	);
});
