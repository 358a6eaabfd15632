import { render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import Later from './Later.svelte';
import { inTurn } from './turns.ts';

const saying = (text: string) => createRawSnippet(() => ({ render: () => `<p>${text}</p>` }));

test('what comes later is busy until its turn, and then is there', async () => {
	const { container } = render(Later, { children: saying('Een grafiek') });
	expect(container.querySelector('[aria-busy="true"]')).toBeInTheDocument();
	expect(screen.queryByText('Een grafiek')).not.toBeInTheDocument();
	expect(await screen.findByText('Een grafiek')).toBeInTheDocument();
	expect(container.querySelector('[aria-busy="true"]')).not.toBeInTheDocument();
});

test('turns come in the order in which they were asked for, one a task, and can be called off', async () => {
	const taken: string[] = [];
	const tasks: number[] = [];
	let task = 0;
	const run = (name: string) => () => {
		taken.push(name);
		tasks.push(task);
		setTimeout(() => task++);
	};
	inTurn(run('a'));
	const callOff = inTurn(run('b'));
	inTurn(run('c'));
	callOff();
	await new Promise<void>((resolve) => inTurn(resolve));
	expect(taken).toEqual(['a', 'c']);
	expect(new Set(tasks).size).toBe(2);
});
