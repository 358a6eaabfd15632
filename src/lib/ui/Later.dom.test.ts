import { render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import Later from './Later.svelte';
import { inTurn } from './turns.ts';

afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});

const saying = (text: string) => createRawSnippet(() => ({ render: () => `<p>${text}</p>` }));

test('what comes later is busy until its turn, and then is there', async () => {
	const { container } = render(Later, { children: saying('Een grafiek') });
	expect(container.querySelector('[aria-busy="true"]')).toBeInTheDocument();
	expect(screen.queryByText('Een grafiek')).not.toBeInTheDocument();
	expect(await screen.findByText('Een grafiek')).toBeInTheDocument();
	expect(container.querySelector('[aria-busy="true"]')).not.toBeInTheDocument();
});

const allTaken = () => new Promise<void>((resolve) => inTurn(resolve));

test('turns come in the order in which they were asked for, what they ask for right behind them, and can be called off', async () => {
	const taken: string[] = [];
	const run = (name: string) => () => void taken.push(name);
	inTurn(() => {
		taken.push('a');
		inTurn(run('in a'));
	});
	const callOff = inTurn(run('b'));
	inTurn(run('c'));
	callOff();
	await allTaken();
	expect(taken).toEqual(['a', 'in a', 'c']);
});

test('what takes long has a task of its own, what takes no time shares one', async () => {
	let now = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => now);
	let task = 0;
	const tasks: number[] = [];
	const taking = (ms: number) => () => {
		now += ms;
		tasks.push(task);
		setTimeout(() => task++);
	};
	for (const ms of [1, 1, 40, 1]) inTurn(taking(ms));
	await allTaken();
	const [first, second, slow, last] = tasks;
	expect(second).toBe(first);
	expect(slow).toBe(first);
	expect(last).toBeGreaterThan(slow ?? Infinity);
});

test('one that fails leaves the others their turn, and says so', async () => {
	const reported = vi.fn();
	vi.stubGlobal('reportError', reported);
	const after = vi.fn();
	inTurn(() => {
		throw new Error('broken');
	});
	inTurn(after);
	await allTaken();
	expect(after).toHaveBeenCalledOnce();
	expect(reported).toHaveBeenCalledExactlyOnceWith(new Error('broken'));
});

test('paper shows all of it, also what waits inside', () => {
	render(Later, { children: saying('Een grafiek') });
	render(Later, { children: saying('Nog een grafiek') });
	dispatchEvent(new Event('beforeprint'));
	expect(screen.getByText('Een grafiek')).toBeInTheDocument();
	expect(screen.getByText('Nog een grafiek')).toBeInTheDocument();
});
