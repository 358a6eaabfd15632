import { expect, test } from 'vitest';
import { aGroup, aPlace, aPupil } from '#tests/factories/school.ts';
import { MemoryReplica } from './replica.svelte.ts';
import { rosterOf } from './roster.ts';

function replicaOf(...documents: readonly (ReturnType<typeof aPupil> | ReturnType<typeof aGroup>)[]) {
	const replica = new MemoryReplica();
	replica.applyHeld(documents.map((doc) => ({ id: doc.id, rev: 'r1', doc })));
	return replica;
}

test('the same index as long as nothing of the roster changed, and one of its own for each replica', () => {
	const replica = replicaOf(aGroup(6), aPupil(1, 'Daan'));
	const roster = rosterOf(replica);
	expect(rosterOf(replica)).toBe(roster);
	expect(rosterOf(replicaOf(aGroup(6), aPupil(1, 'Sem'))).fullName(aPupil(1, '').id)).toBe('Sem Voorbeeld1');
	expect(rosterOf(replica)).toBe(roster);
});

test('a group, a pupil or a place that changed is in it at once', () => {
	const replica = replicaOf(aGroup(6), aPupil(1, 'Daan'));
	expect(rosterOf(replica).nameWithGroup(aPupil(1, '').id)).toBe('Daan (6A)');
	replica.applyHeld([{ id: aGroup(6).id, rev: 'r2', doc: aGroup(6, '7A') }]);
	expect(rosterOf(replica).nameWithGroup(aPupil(1, '').id)).toBe('Daan (7A)');
	replica.applyHeld([{ id: aPupil(1, '').id, rev: 'r2', doc: aPupil(1, 'Noor') }]);
	expect(rosterOf(replica).nameWithGroup(aPupil(1, '').id)).toBe('Noor (7A)');
	replica.applyHeld([{ id: aPlace(1, '').id, rev: 'r1', doc: aPlace(1, 'gang') }]);
	expect(rosterOf(replica).place(aPlace(1, '').id)?.name).toBe('gang');
});
