import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDigest } from '#domain/sync/digest.ts';
import {
	HELD,
	NOT_TAKEN,
	note,
	noteOf,
	openStore,
	serverWithJudgement,
	sync,
} from '#tests/factories/device-and-server.ts';
import type { Fault } from '#tests/factories/fake-sync-server.ts';
import { createMemoryDisk } from '#tests/factories/memory-disk.ts';
import { anId } from '#tests/factories/school.ts';

/** Thousands of transactions on a machine that does other things too. */
const PROPERTY_MS = 60_000;

const id = (n: number) => anId('observation', n);

type Step =
	| { do: 'save'; n: number; taken: boolean; undoable: boolean }
	| { do: 'undo'; n: number }
	| { do: 'sync'; release: boolean; faults: Fault[] }
	| { do: 'other'; n: number }
	| { do: 'hide' | 'show'; n: number }
	| { do: 'reopen' };

const numbers = fc.integer({ min: 1, max: 3 });
const faults = fc.constantFrom<Fault>('none', 'unreachable', 'answerLost', 'streamBreaks', 'signedOut', 'tooLarge');
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({ do: fc.constant('save'), n: numbers, taken: fc.boolean(), undoable: fc.boolean() }),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('undo'), n: numbers }) },
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('sync'),
			release: fc.boolean(),
			faults: fc.array(faults, { maxLength: 3 }),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('other'), n: numbers }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hide', 'show'), n: numbers }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('reopen') }) },
);

test(
	'whatever happens in whatever order: nothing is lost, nothing undone is sent, and in the end both sides agree',
	async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }), async (steps) => {
				const disk = createMemoryDisk();
				let store = await openStore(disk);
				const server = serverWithJudgement();
				/** What the person means each document to say now, made here last. */
				const meant = new Map<string, string>();
				const undone = new Set<string>();
				let text = 0;
				for (const each of steps) {
					switch (each.do) {
						case 'save': {
							const words = each.taken ? `words ${text++}` : NOT_TAKEN;
							await store.save([note(each.n, words)], each.undoable ? HELD : 0);
							meant.set(id(each.n), words);
							break;
						}
						case 'undo':
							if (await store.undo(id(each.n))) {
								undone.add(meant.get(id(each.n)) ?? '');
								const before = store.replica.unsent.find(({ document }) => document.id === id(each.n));
								if (before) meant.set(id(each.n), noteOf(before.document) ?? '');
								else meant.delete(id(each.n));
							}
							break;
						case 'sync':
							server.failNext(...each.faults);
							await sync(store, server, each.release);
							server.forgetFaults();
							break;
						case 'other':
							server.put(id(each.n), `other-${text++}`, note(each.n, 'somebody else'));
							break;
						case 'hide':
							server.hide(id(each.n));
							break;
						case 'show':
							server.show(id(each.n));
							break;
						case 'reopen':
							store.close();
							store = await openStore(disk);
					}
					expect(server.everStored.filter((doc) => undone.has(noteOf(doc) ?? ''))).toEqual([]);
					for (const [doc, words] of meant) {
						const here = store.replica.unsent.some(({ document }) => document.id === doc && noteOf(document) === words);
						expect(here || server.received(doc).length > 0, `${doc} ${words}`).toBe(true);
						if (!here) expect(store.replica.deliveryOf(doc)).toEqual({ kind: 'arrived' });
					}
				}
				expect(await sync(store, server, true)).toBeNull();
				expect(store.replica.unsent.every(({ delivery }) => delivery.kind === 'notAccepted')).toBe(true);
				const agreed = createDigest();
				for (const [doc, { rev }] of server.visible()) agreed.add(doc, rev);
				expect(store.replica.digest.root()).toBe(agreed.root());
				const again = await openStore(disk);
				expect(again.replica.all('observation')).toEqual(expect.arrayContaining([...store.replica.all('observation')]));
				expect(again.replica.digest.root()).toBe(agreed.root());
				again.close();
			}),
			{ numRuns: 500 },
		);
	},
	PROPERTY_MS,
);
