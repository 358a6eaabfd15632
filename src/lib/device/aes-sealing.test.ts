import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { anId } from '#tests/factories/school.ts';
import { dropKeys } from './device-keys.ts';
import { openSealing } from './open-sealing.ts';
import { isPlain, plainSealing, Unreadable, type Content } from './sealing.ts';
import { SettingsDatabase } from './settings-database.ts';

const PERSON = anId('person', 1);
const settings = new SettingsDatabase();
afterEach(() => settings.settings.clear());

test('whatever was sealed opens as what it was, and shows nothing of it', async () => {
	const sealing = await openSealing(settings, PERSON);
	const content = fc.constantFrom<Content>('packs', 'changes/obs_1', 'outbox/obs_1', 'notes/draft');
	await fc.assert(
		fc.asyncProperty(fc.string({ unit: 'grapheme' }), content, async (text, as) => {
			const bytes = await sealing.seal(text, as);
			expect(isPlain(bytes)).toBe(false);
			expect(await sealing.open(bytes, as)).toBe(text);
		}),
	);
	const secret = 'Quintaar sat under the slide';
	expect(Buffer.from(await sealing.seal(secret, 'packs')).includes('Quintaar')).toBe(false);
});

test('the same text never looks the same twice', async () => {
	const sealing = await openSealing(settings, PERSON);
	expect(await sealing.seal('a', 'packs')).not.toEqual(await sealing.seal('a', 'packs'));
});

test('sealed as one thing it opens as no other, and not after a single bit changed', async () => {
	const sealing = await openSealing(settings, PERSON);
	const bytes = await sealing.seal('{"a":1}', 'outbox/obs_1');
	for (const other of ['outbox/obs_2', 'changes/obs_1', 'packs'] as const) {
		await expect(sealing.open(bytes, other)).rejects.toThrow(Unreadable);
	}
	await fc.assert(
		fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
			const spoiled = Uint8Array.from(bytes);
			spoiled[at] = (spoiled[at] ?? 0) ^ (1 << bit);
			const opened = await sealing.open(spoiled, 'outbox/obs_1').catch((error: unknown) => error);
			expect(opened).not.toBe('{"a":1}');
			if (!isPlain(spoiled)) expect(opened).toBeInstanceOf(Unreadable);
		}),
	);
});

test('cut off anywhere it is unreadable, not a crash of another kind', async () => {
	const sealing = await openSealing(settings, PERSON);
	const bytes = await sealing.seal('{"a":1}', 'packs');
	for (let length = 0; length < bytes.length; length++) {
		await expect(sealing.open(bytes.slice(0, length), 'packs')).rejects.toThrow(Unreadable);
	}
});

test('what an older app wrote in plain text is read; sealed bytes are nothing to who has no keys', async () => {
	const sealing = await openSealing(settings, PERSON);
	expect(await sealing.open(await plainSealing.seal('[1]', 'packs'), 'packs')).toBe('[1]');
	await expect(plainSealing.open(await sealing.seal('[1]', 'packs'), 'packs')).rejects.toThrow(Unreadable);
});

test('every visit and every tab has the same keys, another person has others', async () => {
	const [here, there] = await Promise.all([openSealing(settings, PERSON), openSealing(settings, PERSON)]);
	const bytes = await here.seal('a', 'outbox/obs_1');
	expect(await there.open(bytes, 'outbox/obs_1')).toBe('a');
	expect(await (await openSealing(settings, PERSON)).open(bytes, 'outbox/obs_1')).toBe('a');
	const other = await openSealing(settings, anId('person', 2));
	await expect(other.open(bytes, 'outbox/obs_1')).rejects.toThrow(Unreadable);
});

test('keys that were dropped or broken make what they sealed unreadable, and new ones stand in their place', async () => {
	const before = await openSealing(settings, PERSON);
	const bytes = await before.seal('a', 'packs');
	await dropKeys(settings, PERSON);
	const after = await openSealing(settings, PERSON);
	await expect(after.open(bytes, 'packs')).rejects.toThrow(Unreadable);
	const next = await after.seal('b', 'packs');
	await settings.replace(`keys-${PERSON}`, (row) => {
		const broken = row as { data: { bytes: Uint8Array } };
		return { ...broken, data: { ...broken.data, bytes: broken.data.bytes.map((byte) => byte ^ 1) } };
	});
	const anew = await openSealing(settings, PERSON);
	await expect(anew.open(next, 'packs')).rejects.toThrow(Unreadable);
	expect(await anew.open(await anew.seal('c', 'packs'), 'packs')).toBe('c');
});

test('keys that cannot be opened for a moment are not thrown away: what waits under them can be sent later', async () => {
	const bytes = await (await openSealing(settings, PERSON)).seal('waits', 'outbox/obs_1');
	const row = (await settings.read(`keys-${PERSON}`)) as Record<'data' | 'outbox', { bytes: Uint8Array }>;
	const kept = [row.data, row.outbox].map((key) => key.bytes.join());
	const unwrap = crypto.subtle.unwrapKey.bind(crypto.subtle);
	const badMoment = vi
		.spyOn(crypto.subtle, 'unwrapKey')
		.mockImplementation((...args) =>
			kept.includes((args[1] as Uint8Array).join()) ? Promise.reject(new DOMException('busy')) : unwrap(...args),
		);
	for (let visit = 0; visit < 2; visit++) {
		const meanwhile = await openSealing(settings, PERSON);
		await expect(meanwhile.open(bytes, 'outbox/obs_1')).rejects.toThrow(Unreadable);
		expect(await meanwhile.open(await meanwhile.seal('b', 'outbox/obs_2'), 'outbox/obs_2')).toBe('b');
	}
	badMoment.mockRestore();
	expect(await (await openSealing(settings, PERSON)).open(bytes, 'outbox/obs_1')).toBe('waits');
});

test('no script can read a key out', async () => {
	await openSealing(settings, PERSON);
	const { wrapping } = (await settings.read(`keys-${PERSON}`)) as { wrapping: CryptoKey };
	expect(wrapping.extractable).toBe(false);
	await expect(crypto.subtle.exportKey('raw', wrapping)).rejects.toThrow();
});
