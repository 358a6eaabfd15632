import { expect, test } from 'vitest';
import type { Change, StoreRecord } from './document-store.ts';
import { recordsIn } from './records-in.ts';

const change = (id: string, rev: string | null): Change<StoreRecord> => ({
	checkpoint: `${id} ${rev}`,
	id,
	record: rev === null ? null : { id, rev },
});

async function* inBatches(...batches: Change<StoreRecord>[][]) {
	yield* batches;
}

test('what changes while it is being read counts once, as it stands last', async () => {
	const store = {
		changes: () =>
			inBatches(
				[change('touched', '1'), change('still', '1'), change('gone', '1'), change('closed', 'open')],
				[change('touched', '2'), change('gone', null), change('closed', 'closed')],
			),
	};
	expect(await recordsIn(store, ({ rev }) => rev !== 'closed')).toEqual([
		{ id: 'still', rev: '1' },
		{ id: 'touched', rev: '2' },
	]);
});
