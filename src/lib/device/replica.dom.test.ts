import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { anId, anObservation, aPupil } from '#tests/factories/school.ts';
import CountOf from '#tests/factories/CountOf.svelte';
import { MemoryReplica } from './replica.svelte.ts';

const observation = anObservation(1);
const held = { id: observation.id, rev: 'r1', doc: observation };

test('a screen follows the kinds of document it reads, and only those', () => {
	const replica = new MemoryReplica();
	let counted = 0;
	const { container } = render(CountOf, { replica, type: 'observation', onCount: () => counted++ });
	expect(container.textContent).toBe('0');
	flushSync(() => replica.applyHeld([held]));
	expect(container.textContent).toBe('1');
	const before = counted;
	flushSync(() => replica.applyHeld([{ id: anId('pupil', 1), rev: 'r1', doc: aPupil(1, 'Daan') }]));
	expect(counted).toBe(before);
	flushSync(() => replica.applyHeld([{ id: observation.id, rev: null }]));
	expect(container.textContent).toBe('0');
});

test('the same list is the same object until something changed', () => {
	const replica = new MemoryReplica();
	replica.applyHeld([held]);
	const list = replica.all('observation');
	expect(replica.all('observation')).toBe(list);
	replica.applyHeld([{ ...held, rev: 'r2' }]);
	expect(replica.all('observation')).not.toBe(list);
});
