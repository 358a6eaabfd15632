import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '#domain/observation/observation.ts';
import { anId, anObservation, NOTED_AT } from '#tests/factories/school.ts';
import { inboxItems, type InboxItem } from './inbox-items.ts';
import { foldIncidents } from './incidents.ts';
import { moveAlong, splitOff } from './merge-incidents.ts';
import { draftOf, processingOf } from './process-observation.ts';
import type { Processing } from './processing.ts';

const STAMP = { by: anId('person', 9), at: NOTED_AT };

/** The facts as a store holds them: one processing an observation, the last one written. */
function school(observations: readonly Observation[]) {
	const processings = new Map<string, Processing>();
	const items = () => inboxItems({ observations, withdrawals: [], processings: [...processings.values()] });
	const item = (n: number): InboxItem => {
		const found = items().find((each) => each.observation.id === anId('observation', n));
		if (!found) throw new Error(`no observation ${n}`);
		return found;
	};
	const save = (revisions: readonly Processing[]) =>
		revisions.forEach((each) => processings.set(each.observationId, each));
	return {
		merge(a: number, b: number) {
			const [from, into] = [item(a), item(b).incidentId];
			const others = moveAlong(from, into, items(), STAMP);
			save([...others, processingOf(from.observation, { ...draftOf(from), incidentId: into }, 'confirmed', STAMP)]);
		},
		split(n: number) {
			save(splitOff(item(n), items(), STAMP));
		},
		confirm(n: number) {
			save([processingOf(item(n).observation, draftOf(item(n)), 'confirmed', STAMP)]);
		},
		incidents: () =>
			foldIncidents({ observations, withdrawals: [], processings: processings.values() })
				.map((each) => [...each.observationIds].sort())
				.sort(),
	};
}

const COUNT = 6;
const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);
const step = fc.oneof(
	fc.record({ kind: fc.constant('merge' as const), a: fc.constantFrom(...numbers), b: fc.constantFrom(...numbers) }),
	fc.record({ kind: fc.constant('split' as const), a: fc.constantFrom(...numbers), b: fc.constant(0) }),
	fc.record({ kind: fc.constant('confirm' as const), a: fc.constantFrom(...numbers), b: fc.constant(0) }),
);

test('after any merges and splits the incidents are the sets a person would draw', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
			const facts = school(numbers.map((n) => anObservation(n)));
			const sets = new Map(numbers.map((n) => [n, new Set([n])]));
			for (const { kind, a, b } of steps) {
				const mine = sets.get(a) ?? new Set();
				if (kind === 'confirm') facts.confirm(a);
				if (kind === 'merge') {
					facts.merge(a, b);
					const theirs = sets.get(b) ?? new Set();
					if (mine !== theirs) for (const n of mine) sets.set(n, theirs.add(n));
				}
				if (kind === 'split') {
					facts.split(a);
					mine.delete(a);
					sets.set(a, new Set([a]));
				}
			}
			const drawn = [...new Set(sets.values())]
				.map((set) => [...set].map((n) => anId('observation', n) as string).sort())
				.sort();
			expect(facts.incidents()).toEqual(drawn);
		}),
	);
});

test('two accounts of one push count once, and twice again when split', () => {
	const facts = school([anObservation(1), anObservation(2)]);
	facts.merge(1, 2);
	expect(facts.incidents()).toHaveLength(1);
	facts.split(2);
	expect(facts.incidents()).toHaveLength(2);
});
