import { expect, test, vi } from 'vitest';
import type { DocumentType, DomainDocument } from '#domain/document.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { anId, anObservation, aRoster } from '#tests/factories/school.ts';
import type { Replica } from '../device.ts';
import { Analyst } from './analyst.svelte.ts';

const UNTIL = '2026-12-31' as LocalDate;

test('an answer is kept until a document comes, whatever order the question was written in', async () => {
	let lists = Map.groupBy<DocumentType, DomainDocument>([...aRoster(), anObservation(1)], ({ type }) => type);
	const analyst = new Analyst({ all: (type: DocumentType) => lists.get(type) ?? NONE } as unknown as Replica);
	analyst.follow();
	await vi.waitFor(() => expect(analyst.learned).toBe(1));

	const groupId = anId('group', 6);
	const first = await analyst.analyse({ until: UNTIL, groupId });
	expect(first.counts.observations).toBe(1);
	expect(await analyst.analyse({ groupId, until: UNTIL })).toBe(first);
	expect(await analyst.analyse({ until: UNTIL })).not.toBe(first);

	lists = new Map([...lists, ['observation', [anObservation(1), anObservation(2)]]]);
	analyst.follow();
	await vi.waitFor(() => expect(analyst.learned).toBe(2));
	expect((await analyst.analyse({ until: UNTIL, groupId })).counts.observations).toBe(2);
});

const NONE: readonly never[] = [];
