import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor } from '#domain/access/rules.ts';
import type { DomainDocument } from '#domain/document.ts';
import { createDigest } from '#domain/sync/digest.ts';
import type { Role } from '#domain/school/roster.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { envelopeOf, type Envelope } from '#server/store/envelope.ts';
import { memoryStore } from '#server/store/memory.ts';
import { aGroup, aPupil, aRoster, aSchool, aSession, anId, anObservation } from '#tests/factories/school.ts';
import { openReplica } from './school-replica.ts';
import { createView } from './view.ts';

/** Many runs on a busy machine. */
const MANY_RUNS_MS = 60_000;

const HOUR_MS = 60 * 60 * 1000;
const someone = fc.integer({ min: 1, max: 3 });
const few = fc.integer({ min: 1, max: 2 });

const numbers = fc.record({
	n: few,
	who: someone,
	pupil: fc.integer({ min: 1, max: 8 }),
	people: fc.uniqueArray(someone),
});

type Numbers = typeof numbers extends fc.Arbitrary<infer N> ? N : never;

/** One of each kind of document that decides what somebody sees; only the fields that rights look at. */
const CHANGES: readonly ((numbers: Numbers) => object)[] = [
	({ n, who, pupil }) =>
		anObservation(n, {
			reporterId: anId('person', who),
			participants: [{ role: 'victim', pupilId: anId('pupil', pupil) }],
		}),
	({ n, who }) => ({
		type: 'withdrawal',
		id: anId('withdrawal', n),
		observationId: anId('observation', n),
		withdrawnBy: anId('person', who),
	}),
	({ n, pupil }) => ({
		type: 'processing',
		id: anId('processing', n),
		observationId: anId('observation', n),
		participants: [{ role: 'instigator', pupilId: anId('pupil', pupil) }],
		victimGroupId: null,
		note: 'checked',
	}),
	({ n, pupil, people }) => ({
		type: 'case',
		id: anId('case', n),
		memberIds: people.map((m) => anId('person', m)),
		pupils: [{ pupilId: anId('pupil', pupil), role: 'victim' }],
	}),
	({ n, who }) => ({ type: 'caseEntry', id: anId('caseEntry', who), caseId: anId('case', n) }),
	({ n, pupil }) => ({ ...aPupil(pupil, 'Noor', n === 1 ? 6 : 8), sex: 'girl' }),
	({ n, who }) => ({ ...aGroup(n === 1 ? 6 : 8), siteId: anId('site', who) }),
];

const aChange = fc
	.tuple(fc.constantFrom(...CHANGES), numbers)
	.map(([change, given]) => ({ schoolId: aSchool().id, ...change(given) }) as DomainDocument);

const anActor: fc.Arbitrary<Actor> = fc.record({
	personId: someone.map((n) => anId('person', n)),
	schoolId: fc.constant(aSchool().id),
	roles: fc.constantFrom<Role[]>(['supervisor'], ['teacher'], ['teacher'], ['coordinator'], ['confidant']),
	groupIds: fc.constantFrom(6, 8).map((n) => [anId('group', n)]),
	siteIds: fc.constantFrom(undefined, undefined, [anId('site', 1)]),
});

test('what was erased goes out of sight, also when all is looked at anew at the same time', async () => {
	const denied = new Set<string>();
	const replica = await openReplica(memoryStore<Envelope>(), aSchool().id, () => new Date(), {
		reasonFor: (id) => (denied.has(id) ? 'erased' : undefined),
	});
	const receivedAt = new Date().toISOString() as Instant;
	const write = (doc: DomainDocument, rev: string) => {
		const arrival = { rev, receivedAt, authorId: null, deviceId: null, seq: null };
		const expectedRev = replica.get(doc.id)?.rev ?? null;
		return replica.write([{ record: envelopeOf(doc, arrival), expectedRev }]);
	};
	for (const doc of [...aRoster(), anObservation(1)]) await write(doc, 'r1');
	const view = replica.viewFor(aSession('coordinator'));
	expect(view.revisions().has(anId('observation', 1))).toBe(true);

	await write(aPupil(1, 'Daan', 8), 'r2');
	denied.add(anId('observation', 1));
	await replica.remove([anId('observation', 1)]);
	expect(view.revisions().has(anId('observation', 1))).toBe(false);
});

test('a view kept up to date by what changed equals one made from nothing', { timeout: MANY_RUNS_MS }, async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(anActor, { minLength: 1, maxLength: 4 }),
			fc.array(fc.tuple(aChange, fc.constantFrom(0, 0, 1, 12, 25)), { minLength: 5, maxLength: 25, size: 'max' }),
			async (actors, changes) => {
				let time = Date.parse('2026-03-09T12:00:00.000Z');
				const now = () => new Date(time);
				const replica = await openReplica(memoryStore<Envelope>(), aSchool().id, now, { reasonFor: () => undefined });
				let count = 0;
				const write = async (doc: DomainDocument) => {
					const standing = replica.get(doc.id);
					const receivedAt = now().toISOString() as Instant;
					const arrival = { rev: `r${++count}`, receivedAt, authorId: null, deviceId: null, seq: null };
					const record = envelopeOf(doc, arrival, standing);
					await replica.write([{ record, expectedRev: standing?.rev ?? null }]);
				};
				for (const doc of aRoster()) await write(doc);

				for (const [doc, hours] of changes) {
					await write(doc);
					time += hours * HOUR_MS;
					for (const actor of actors) {
						const kept = replica.viewFor(actor);
						const documents = new Map([...replica.envelopes()].map((envelope) => [envelope.id, envelope]));
						const fresh = createView(actor, { facts: replica.facts, documents, now });
						expect(new Map(kept.revisions())).toEqual(new Map(fresh.revisions()));
						const digest = createDigest();
						fresh.revisions().forEach((rev, id) => digest.add(id, rev));
						expect(kept.digest().root()).toBe(digest.root());
					}
				}
				await replica.close();
			},
		),
		{ numRuns: 100 },
	);
});
