import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import Sentence, { type Token } from './Sentence.svelte';

const tokens: Token[] = [
	{ text: 'Daan (6A)', tone: 'instigator', slot: 'who', name: true },
	{ text: ' ging te ver: ', tone: 'plain' },
	{ text: 'wat?', tone: 'open', slot: 'what', open: true },
	{ text: '. Bij het ', tone: 'plain' },
	{ text: 'klimrek', tone: 'detail', slot: 'place' },
	{ text: '.', tone: 'plain' },
];
const slotLabels = { who: 'wie', victim: 'bij wie', what: 'wat', place: 'waar', when: 'wanneer' };

test('reads as one sentence, spaces and full stops in their place', () => {
	const { container } = render(Sentence, { tokens });
	expect(container.querySelector('p')?.textContent.trim()).toBe('Daan (6A) ging te ver: wat?. Bij het klimrek.');
	expect(screen.queryByRole('button')).toBeNull();
});

test("a child's name can be blurred: it goes through Name, and nothing else does", () => {
	const { container } = render(Sentence, { tokens });
	expect([...container.querySelectorAll('.name')].map((name) => name.textContent)).toEqual(['Daan (6A)']);
});

test('with onpick every word with a slot is a button that says which', async () => {
	const onpick = vi.fn();
	render(Sentence, { tokens, onpick, slotLabels });
	expect(screen.getAllByRole('button')).toHaveLength(3);
	await userEvent.click(screen.getByRole('button', { name: 'wat: wat?' }));
	expect(onpick).toHaveBeenCalledWith('what');
});

test('a full stop stays on the line of its word', () => {
	const { container } = render(Sentence, { tokens });
	expect([...container.querySelectorAll('.word')].map((word) => word.textContent)).toEqual([
		'Daan (6A)',
		'wat?.',
		'klimrek.',
	]);
});
