import { expect, test } from 'vitest';
import { CaseWalk } from '#tests/factories/case-walk.ts';
import { anId } from '#tests/factories/school.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { adaptProtocol, newestVersion, wishesOf, type StepWish, type WordedProtocol } from './adapt-protocol.ts';
import { ProtocolName } from './protocol.ts';
import { SHIPPED_PROTOCOLS } from './shipped-protocols.ts';
import { SHIPPED_TEXTS } from './shipped-texts.ts';
import type { SchoolProtocol } from './school-protocol.ts';

const shipped = (name: ProtocolName): WordedProtocol => ({
	protocol: SHIPPED_PROTOCOLS[name],
	texts: SHIPPED_TEXTS[name],
});
const change = (wishes: StepWish[], key: string, over: Partial<StepWish>) =>
	wishes.map((each) => (each.key === key ? { ...each, ...over } : each));
const OWN: StepWish = {
	...{ key: null, title: { nl: 'Vertel het team', en: 'Tell the team' }, by: 'coordinator' },
	...{ days: { from: 0, until: 3 }, after: 'bekijken' },
};

test.each(ProtocolName.options)('%s as it is becomes a next version that runs the same', (name) => {
	const next = adaptProtocol(shipped(name), wishesOf(shipped(name)));
	expect(next).toEqual({ ok: true, value: { ...shipped(name), protocol: { ...SHIPPED_PROTOCOLS[name], version: 2 } } });
});

test('words, days and roles change, what follows from what stays, and a running case keeps what it began with', () => {
	const base = shipped('fiveB');
	const wishes = change(wishesOf(base), 'lookBackSoon', {
		...{ title: { nl: 'Na drie weken vragen', en: 'Ask after three weeks' }, by: 'coordinator' },
		days: { from: 21, until: 27 },
	});
	const next = adaptProtocol(base, [...wishes, OWN]);
	if (!next.ok) throw new Error(next.error.kind);
	const { protocol, texts } = next.value;
	expect(protocol.steps.find(({ key }) => key === 'lookBackSoon')).toMatchObject({
		...{ by: 'coordinator', clock: { unit: 'days', from: 21, until: 27 }, after: [[{ step: 'beslissen' }]] },
	});
	expect(texts.steps['own1']?.title).toEqual({ nl: 'Vertel het team', en: 'Tell the team' });
	const after = (walk: CaseWalk) => walk.take('bekijken', { on: '2026-11-09' }).open();
	expect(after(new CaseWalk('fiveB', {}, protocol))).toContain('own1');
	expect(after(new CaseWalk('fiveB'))).not.toContain('own1');
});

test('a step of its own can be left out again, and another one gets another key', () => {
	const first = adaptProtocol(shipped('fiveB'), [...wishesOf(shipped('fiveB')), OWN, OWN]);
	if (!first.ok) throw new Error(first.error.kind);
	const wishes = wishesOf(first.value).filter(({ key }) => key !== 'own1');
	const second = adaptProtocol(first.value, [...wishes, OWN]);
	if (!second.ok) throw new Error(second.error.kind);
	expect(second.value.protocol.version).toBe(3);
	expect(second.value.protocol.steps.map(({ key }) => key).filter((key) => key.startsWith('own'))).toEqual([
		'own2',
		'own3',
	]);
});

test('a name in one language only, days the wrong way round and a step after nothing are refused, with the place', () => {
	const base = shipped('fiveB');
	const wishes = wishesOf(base);
	expect(adaptProtocol(base, change(wishes, 'bekijken', { title: { nl: 'Kijk', en: ' ' } }))).toEqual({
		ok: false,
		error: { kind: 'noTitle', title: 'Kijk' },
	});
	expect(adaptProtocol(base, change(wishes, 'lookBackSoon', { days: { from: 9, until: 2 } }))).toMatchObject({
		error: { kind: 'backwards' },
	});
	expect(adaptProtocol(base, [...wishes, { ...OWN, after: 'nowhere' }])).toMatchObject({
		error: { kind: 'unsound', places: ['steps.8.after.0.0.step'] },
	});
});

test('of the versions of a school the last made counts, and one that cannot run does not', () => {
	const version = (n: number, madeAt: string, over: Partial<SchoolProtocol> = {}): SchoolProtocol => ({
		...{ type: 'protocol', v: 1, id: anId('protocol', n), schoolId: anId('school', 1), ...shipped('fiveB') },
		...{ madeBy: anId('person', 3), madeAt: madeAt as Instant, ...over },
	});
	const unsound = { ...SHIPPED_PROTOCOLS.fiveB, steps: SHIPPED_PROTOCOLS.fiveB.steps.slice(1) };
	const all = [
		version(1, '2026-11-02T09:00:00.000Z'),
		version(2, '2026-11-01T09:00:00.000Z'),
		version(3, '2026-11-03T09:00:00.000Z', { protocol: unsound }),
	];
	expect(newestVersion(all, 'fiveB')?.id).toBe(anId('protocol', 1));
	expect(newestVersion(all, 'sixSteps')).toBeUndefined();
});
