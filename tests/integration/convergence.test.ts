import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PushItem } from '#domain/sync/messages.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { startSchool } from './running-school.ts';

/** Many runs on a busy machine. */
const MANY_RUNS_MS = 60_000;

const someone = fc.integer({ min: 1, max: 3 });

/** What can happen to three people's devices, in any order. */
const aHappening = fc.oneof(
	fc.record({ kind: fc.constant('tells'), who: someone, about: fc.integer({ min: 1, max: 8 }) }),
	fc.record({ kind: fc.constant('corrects'), who: someone, about: fc.nat() }),
	fc.record({ kind: fc.constant('sendsAgain'), who: someone, about: fc.nat() }),
	fc.record({ kind: fc.constant('loses'), who: someone, about: fc.nat() }),
	fc.record({ kind: fc.constant('pulls'), who: someone, about: fc.constant(0) }),
);

test(
	'whatever is told, corrected, sent twice or lost: after a pull everybody holds what the server has for them',
	{ timeout: MANY_RUNS_MS },
	async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(aHappening, { maxLength: 40 }), async (happenings) => {
				const server = await startSchool();
				const agents = await Promise.all([1, 2, 3].map((person) => server.signIn(person)));
				const sent: PushItem[][] = [[], [], []];
				const latest = new Map<string, string>();
				let observations = 0;

				for (const { kind, who, about } of happenings) {
					const agent = agents[who - 1];
					const mine = sent[who - 1];
					if (!agent || !mine) throw new Error('There are three people');
					const earlier = mine[about % mine.length];
					if (kind === 'tells') {
						const doc = anObservation(++observations, {
							reporterId: anId('person', who),
							participants: [{ role: 'victim', pupilId: anId('pupil', about) }],
						});
						mine.push(agent.item(doc));
						await agent.push(mine.slice(-1));
						latest.set(doc.id, mine.at(-1)?.rev ?? '');
					} else if (kind === 'corrects' && earlier) {
						const doc = anObservation(Number(earlier.id.slice(-4)), { reporterId: anId('person', who), basket: 'red' });
						mine.push(agent.item(doc, { baseRev: latest.get(doc.id) ?? null }));
						await agent.push(mine.slice(-1));
						latest.set(doc.id, mine.at(-1)?.rev ?? '');
					} else if (kind === 'sendsAgain' && earlier) {
						const [receipt] = await agent.push([earlier]);
						expect(receipt?.result.kind).toBe('duplicate');
					} else if (kind === 'loses') {
						const id = [...agent.held.keys()][about % (agent.held.size || 1)];
						agent.held.delete(id ?? '');
					} else if (kind === 'pulls') {
						await agent.pull();
					}
				}

				for (const agent of agents) {
					await agent.pull();
					expect((await agent.compare()).statusCode).toBe(204);
				}
				const [, , coordinator] = agents;
				const held = coordinator?.ofType('observation').map(({ id }) => [id, coordinator.held.get(id)?.rev]);
				expect(held?.sort()).toEqual([...latest].sort());
				await server.stop();
			}),
			{ numRuns: 25 },
		);
	},
);
