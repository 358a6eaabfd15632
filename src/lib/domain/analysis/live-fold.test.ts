import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { randomDay, randomFacts, type ListedFacts } from '#tests/factories/random-facts.ts';
import { anId } from '#tests/factories/school.ts';
import { inNumbers } from './question.ts';
import { collectColumns, type Columns } from './columns.ts';
import { foldColumns } from './fold.ts';
import { LiveFold } from './live-fold.ts';
import type { Question } from './result.ts';

function documentsOf(facts: ListedFacts): DomainDocument[] {
	const { groups, pupils, places, observations, processings, withdrawals } = facts;
	return [...groups, ...places, ...observations, ...pupils, ...processings, ...withdrawals];
}

const question = fc
	.record(
		{
			...{ until: randomDay, from: randomDay, since: randomDay },
			groupId: fc.integer({ min: 1, max: 4 }).map((n) => anId('group', n)),
			siteId: fc.integer({ min: 1, max: 2 }).map((n) => anId('site', n)),
		},
		{ requiredKeys: ['until'] },
	)
	.map((asked) => asked as Question);

test('kept document by document, it counts what a fold from scratch counts after each of them', () => {
	const cases = randomFacts.chain((facts) => {
		const documents = documentsOf(facts);
		return fc.record({
			documents: fc.shuffledSubarray(documents, { minLength: documents.length }),
			start: fc.nat({ max: documents.length }),
			asked: question,
		});
	});
	fc.assert(
		fc.property(cases, ({ documents, start, asked }) => {
			const ask = (columns: Columns) => inNumbers(columns, asked);
			const collector = collectColumns();
			for (const doc of documents.slice(0, start)) collector.add(doc);
			const live = new LiveFold(documents.slice(0, start), ask);
			for (const doc of documents.slice(start)) {
				live.add(doc);
				collector.add(doc);
				const columns = collector.columns();
				expect(live.folded()).toEqual(foldColumns(columns, ask(columns)));
			}
		}),
		{ numRuns: 60 },
	);
});
