import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from '#domain/id.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { readRescueFile } from './rescue.ts';
import { writeRescueFile, type RescueContents } from './write-rescue.ts';

const contents: RescueContents = {
	madeAt: '2026-03-09T12:00:00.000Z',
	appVersion: '0.1.0',
	schoolId: anId('school', 1),
	personId: anId('person', 1),
	deviceId: idOf('device', '00000000000000000000000001'),
	items: [
		{ id: anId('observation', 1), rev: 'r1', baseRev: null, seq: 3, doc: anObservation(1) },
		{ id: anId('observation', 1), rev: 'r2', baseRev: 'r1', seq: 4, doc: { ...anObservation(1), note: 'é…' } },
	],
};

test('what was written is read, item by item as a push would send it', () => {
	const read = readRescueFile(writeRescueFile(contents));
	expect(read).toMatchObject({ ok: true, value: contents });
});

test('any JSON a document may hold comes through', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (doc) => {
			const [item] = contents.items;
			const read = readRescueFile(writeRescueFile({ ...contents, items: [{ ...item!, doc }] }));
			expect(read.ok && read.value.items[0]?.doc).toEqual(JSON.parse(JSON.stringify(doc)));
		}),
	);
});

test('a byte order mark and other line ends do no harm', () => {
	const text = writeRescueFile(contents);
	expect(readRescueFile(`\uFEFF${text.replaceAll('\n', '\r\n')}`).ok).toBe(true);
});

test('a file that was cut off or changed is refused as damaged', () => {
	const text = writeRescueFile(contents);
	expect(readRescueFile(text.slice(0, -40))).toEqual({ ok: false, error: { kind: 'damaged' } });
	expect(readRescueFile(text.replace('"seq": 3', '"seq": 5'))).toEqual({ ok: false, error: { kind: 'damaged' } });
	expect(readRescueFile(text.replace('0.1.0', '0.1.1'))).toEqual({ ok: false, error: { kind: 'damaged' } });
});

test('a file nested deeper than any device writes is refused like any other that was changed', () => {
	const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
	const text = JSON.stringify({ ...(JSON.parse(writeRescueFile(contents)) as object), items: [] }).replace(
		'"items":[]',
		`"items":[{"id":"x","rev":"r","baseRev":null,"seq":1,"doc":${deep}}]`,
	);
	expect(readRescueFile(text)).toEqual({ ok: false, error: { kind: 'damaged' } });
});

test('another file is told from ours, and ours of a newer app from one we can read', () => {
	expect(readRescueFile('not json')).toEqual({ ok: false, error: { kind: 'otherFile' } });
	expect(readRescueFile('{"kind":"something else"}')).toEqual({ ok: false, error: { kind: 'otherFile' } });
	expect(readRescueFile(writeRescueFile(contents).replace('"v": 1', '"v": 3'))).toEqual({
		ok: false,
		error: { kind: 'newerFile' },
	});
});
