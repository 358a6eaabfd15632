import { expect, test } from 'vitest';
import { createDelays } from './delays.ts';

test('three tries are free, then each wait is twice the one before, up to five minutes, and never for good', () => {
	let time = 0;
	const delays = createDelays(() => new Date(time));
	const waits: number[] = [];
	for (let attempt = 0; attempt < 14; attempt++) {
		const wait = delays.waitMs('marijke');
		waits.push(wait / 1000);
		time += wait;
		expect(delays.waitMs('marijke')).toBe(0);
		delays.failed('marijke');
	}
	expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
	expect(delays.waitMs('youssef')).toBe(0);
	delays.succeeded('marijke');
	expect(delays.waitMs('marijke')).toBe(0);
});

test('an hour later it starts afresh', () => {
	let time = 0;
	const delays = createDelays(() => new Date(time));
	for (let attempt = 0; attempt < 10; attempt++) delays.failed('marijke');
	time += 60 * 60 * 1000;
	delays.failed('marijke');
	expect(delays.waitMs('marijke')).toBe(0);
});
