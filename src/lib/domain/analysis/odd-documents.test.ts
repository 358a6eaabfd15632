import { expect, test } from 'vitest';
import { ODD_CASES, ODD_UNTIL } from '#tests/factories/odd-documents.ts';
import { analyseColumns } from './analyse.ts';
import { collectColumns } from './columns.ts';

test.for(ODD_CASES)('$name: counted as docs/analysis.md says, in any order', ({ documents, says }) => {
	for (const order of [documents, documents.toReversed()]) {
		const collector = collectColumns();
		for (const doc of order) collector.add(doc);
		expect(analyseColumns(collector.columns(), { until: ODD_UNTIL })).toMatchObject(says);
	}
});
