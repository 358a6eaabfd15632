import { expect, test, vi } from 'vitest';
import { analystOf } from '#lib/device/analyst/analyst.svelte.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import { makeFiguresAhead } from './figures-ahead.ts';

const NOW = new Date('2026-11-20T10:00:00Z');

const deviceOf = (role: 'coordinator' | 'teacher') =>
	createMemoryDevice({ session: aSession(role), documents: [...aRoster(), anObservation(1)] });

test('who steers finds the figures made before any page asked', async () => {
	const device = deviceOf('coordinator');
	makeFiguresAhead(device, NOW);
	await vi.waitFor(() => expect(analystOf(device.documents).learned).toBe(1), { timeout: 30_000 });
});

test('a teacher asks about few children: nothing is made ahead', () => {
	const device = deviceOf('teacher');
	const read = vi.spyOn(device.documents, 'all');
	makeFiguresAhead(device, NOW);
	expect(read).not.toHaveBeenCalled();
});
