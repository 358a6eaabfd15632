import { expect, test } from 'vitest';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { anId, aSession } from '#tests/factories/school.ts';
import { Absence } from './absence.ts';
import { absencesAhead, noteAbsence, type AbsencePlan } from './note-absence.ts';

const date = (text: string) => text as LocalDate;
const TODAY = date('2026-11-24');
const plan = (over: Partial<AbsencePlan> = {}): AbsencePlan => ({
	...{ id: anId('absence', 1), personId: anId('person', 2), from: TODAY, until: date('2026-11-27') },
	...{ standInId: anId('person', 4), at: '2026-11-24T08:00:00.000Z' as Instant, today: TODAY },
	...over,
});

test('it is a document of its own, with who stands in or without', () => {
	const noted = noteAbsence(plan(), aSession('teacher'));
	expect(noted.ok && Absence.parse(noted.value)).toMatchObject({ standInId: anId('person', 4) });
	const alone = noteAbsence(plan({ standInId: null }), aSession('teacher'));
	expect(alone.ok && 'standInId' in alone.value).toBe(false);
});

test.each([
	['backwards', plan({ until: date('2026-11-20'), from: TODAY })],
	['over', plan({ from: date('2026-11-16'), until: date('2026-11-20') })],
	['standsInForSelf', plan({ standInId: anId('person', 2) })],
	['notYours', plan({ personId: anId('person', 5) })],
] as const)('%s is refused', (kind, wrong) => {
	expect(noteAbsence(wrong, aSession('teacher'))).toEqual({ ok: false, error: { kind } });
});

test('a coordinator notes it for somebody else; what is over is not ahead', () => {
	const other = noteAbsence(plan({ personId: anId('person', 5) }), aSession('coordinator'));
	const own = noteAbsence(plan({ id: anId('absence', 2), from: date('2026-11-23') }), aSession('teacher'));
	if (!other.ok || !own.ok) throw new Error('refused');
	const all = [other.value, own.value];
	expect(absencesAhead(all, TODAY, null).map(({ id }) => id)).toEqual([own.value.id, other.value.id]);
	expect(absencesAhead(all, TODAY, anId('person', 5))).toEqual([other.value]);
	expect(absencesAhead(all, date('2026-11-28'), null)).toEqual([]);
});
