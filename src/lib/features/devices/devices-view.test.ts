import { expect, test } from 'vitest';
import type { KnownDevice } from '#domain/accounts/devices.ts';
import { anId } from '#tests/factories/school.ts';
import { devicesByPerson, heldKinds } from './devices-view.ts';

const device = (n: number, person: number, over: Partial<KnownDevice> = {}): KnownDevice => ({
	...{ id: `d${n}`, personId: anId('person', person), label: 'Chrome · Android', isThis: false },
	...{ startedAt: 0, seenAt: n, told: null, revoked: null },
	...over,
});
const NAMES = ['', 'Sanne', 'Youssef', 'Marijke'];
const nameOf = (id: string) => NAMES[Number(id.at(-1))] ?? '';

test('people stand by name, each with the device seen last first; who still has one to empty stands at the top', () => {
	const asked = { at: 5, by: anId('person', 3), heardAt: null, forgottenAt: null };
	const known = [device(1, 1), device(2, 3), device(3, 3), device(4, 2, { revoked: asked })];
	const shown = devicesByPerson(known, nameOf).map(({ name, devices }) => [name, devices.map(({ id }) => id)]);
	expect(shown).toEqual([
		['Youssef', ['d4']],
		['Marijke', ['d3', 'd2']],
		['Sanne', ['d1']],
	]);
	const done = known.map((each) =>
		each.revoked ? { ...each, revoked: { ...asked, heardAt: 6, forgottenAt: 7 } } : each,
	);
	expect(devicesByPerson(done, nameOf).map(({ name }) => name)).toEqual(['Marijke', 'Sanne', 'Youssef']);
});

test('what can be on a device is told by kind, nothing twice and nothing left out', () => {
	const held = [
		{ type: 'pupil', count: 120 },
		{ type: 'statusDecision', count: 3 },
		{ type: 'roundEntry', count: 4 },
		{ type: 'place', count: 9 },
		{ type: 'group', count: 8 },
	];
	expect(heldKinds({ held })).toEqual([
		{ kind: 'pupil', count: 120 },
		{ kind: 'status', count: 7 },
		{ kind: 'other', count: 17 },
	]);
	expect(heldKinds({ held: [] })).toEqual([]);
});
