import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PushResponse, type PushItem } from '#domain/sync/messages.ts';
import { readRescueFile } from '#domain/sync/rescue.ts';
import { fromBase64, SchoolKey, toBase64, type SealAddress } from '#domain/sync/sealed-revision.ts';
import { writeRescueFile } from '#domain/sync/write-rescue.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { dropDataKey } from '#lib/device/device-keys.ts';
import { openSealing } from '#lib/device/open-sealing.ts';
import type { SealToSchool } from '#lib/device/person-disk.ts';
import { openPersonStore } from '#lib/device/person-store.ts';
import { openWithPin, replacePin } from '#lib/device/pin-keys.ts';
import { sealToSchool } from '#lib/device/school-seal.ts';
import { isPlain } from '#lib/device/sealing.ts';
import { sendUnsent } from '#lib/device/send-unsent.ts';
import { SettingsDatabase } from '#lib/device/settings-database.ts';
import type { PushAnswer, Transport } from '#lib/device/transport.ts';
import { openSchoolSeal } from '#server/sealing/school-seal.ts';
import type { AccountRecord } from '#server/accounts/accounts.ts';
import { memoryHost } from '#server/store/memory.ts';
import { createMemoryDisk, type MemoryDisk } from '#tests/factories/memory-disk.ts';
import { anId, anObservation, aSchool } from '#tests/factories/school.ts';
import { NOON, startSchool, type Agent } from './running-school.ts';

const SUPERVISOR = { schoolId: aSchool().id, personId: anId('person', 1) };
const PIN = '271828';
/** Guessing need not be slow here. */
const CHEAP = { memoryKib: 32, passes: 1 };
const now = () => Date.parse(NOON);

let server: Awaited<ReturnType<typeof startSchool>>;
let supervisor: Agent;
let settings: SettingsDatabase;

beforeEach(async () => {
	server = await startSchool();
	supervisor = await server.signIn(1);
	settings = new SettingsDatabase();
});
afterEach(async () => {
	await server.stop();
	await settings.delete();
});

const said = (receipts: Awaited<ReturnType<Agent['push']>>) =>
	receipts.map(({ result }) => (result.kind === 'rejected' ? result.reason : result.kind));
const observations = () => server.school.replica.all('observation');

async function keyOf(agent: Agent): Promise<SchoolKey> {
	return SchoolKey.parse((await agent.send({ method: 'GET', url: '/api/sealing-key' })).json());
}

async function sealed(item: PushItem, seal: SealToSchool): Promise<PushItem> {
	const { doc, ...rest } = item;
	const { id, rev } = item;
	return { ...rest, sealed: await seal(JSON.stringify({ id, rev, doc }), { id, rev }) };
}

test('what was sealed for a revision opens as that one, and as nothing else', async () => {
	const store = await memoryHost().open<AccountRecord>('accounts');
	const school = await openSchoolSeal(store, SUPERVISOR.schoolId, () => new Date(NOON));
	const seal = await sealToSchool(school.current, SUPERVISOR);
	const open = school.opener();
	const name = fc.string({ minLength: 1, maxLength: 40 });
	// What would change an object's kind is left out by the server.
	const json = fc.jsonValue().filter((value) => !/__proto__|constructor/.test(JSON.stringify(value)));
	await fc.assert(
		fc.asyncProperty(
			fc.record({ id: name, rev: name, doc: json }),
			fc.record({ field: fc.constantFrom('schoolId', 'personId', 'id', 'rev'), value: name }),
			fc.nat(),
			async (entry, other, at) => {
				const box = await seal(JSON.stringify(entry), entry);
				const address: SealAddress = { ...SUPERVISOR, id: entry.id, rev: entry.rev };
				expect(await open(box, address)).toEqual({ doc: JSON.parse(JSON.stringify(entry.doc)) as unknown });

				const elsewhere = { ...address, [other.field]: other.value };
				if (JSON.stringify(elsewhere) !== JSON.stringify(address)) expect(await open(box, elsewhere)).toBeUndefined();
				const bytes = fromBase64(box) ?? new Uint8Array();
				const spot = at % bytes.length;
				bytes[spot] = (bytes[spot] ?? 0) ^ 1;
				expect(await open(toBase64(bytes), address)).toBeUndefined();
				expect(await open(toBase64(bytes.slice(0, spot)), address)).toBeUndefined();
			},
		),
		{ numRuns: 200 },
	);
});

test('two servers that start at once keep one key; a rotated one takes over, and the old one still opens', async () => {
	const store = await memoryHost().open<AccountRecord>('accounts');
	const start = () => openSchoolSeal(store, SUPERVISOR.schoolId, () => new Date(NOON));
	const [here, there] = await Promise.all([start(), start()]);
	expect(here.current).toEqual(there.current);
	const revision = { id: 'obs_1', rev: 'r1' };
	const before = await (await sealToSchool(here.current, SUPERVISOR))('{"doc":1}', revision);
	await there.rotate();
	expect(there.current).not.toEqual(here.current);
	const after = await (await sealToSchool(there.current, SUPERVISOR))('{"doc":2}', revision);
	const address = { ...SUPERVISOR, ...revision };
	for (const school of [here, there, await start()]) {
		expect(await school.opener()(before, address)).toEqual({ doc: 1 });
		expect(await school.opener()(after, address)).toEqual({ doc: 2 });
	}
	expect((await start()).current).toEqual(there.current);
});

test('a sealed push is stored like an open one, once, whichever way it comes again', async () => {
	const seal = await sealToSchool(await keyOf(supervisor), SUPERVISOR);
	const open = [1, 2].map((n) => supervisor.item(anObservation(n)));
	const items = await Promise.all(open.map((item) => sealed(item, seal)));
	expect(said(await supervisor.push(items))).toEqual(['stored', 'stored']);
	expect(said(await supervisor.push(items))).toEqual(['duplicate', 'duplicate']);
	expect(said(await supervisor.push(open))).toEqual(['duplicate', 'duplicate']);
	expect(observations()).toHaveLength(2);
});

test('forged, damaged, of another person, revision or school: refused with a receipt, and kept for the coordinator', async () => {
	const [key, coordinator] = [await keyOf(supervisor), await server.signIn(3)];
	const seal = await sealToSchool(key, SUPERVISOR);
	const stranger = await openSchoolSeal(
		await memoryHost().open<AccountRecord>('accounts'),
		SUPERVISOR.schoolId,
		() => new Date(NOON),
	);
	const item = await sealed(supervisor.item(anObservation(1)), seal);
	const box = item.sealed ?? '';
	const boxes = [
		'',
		'no base 64 at all',
		toBase64(new Uint8Array(200)),
		box + 'A'.repeat(100_000),
		box.slice(0, -8),
		`${box.slice(0, 130)}${box[130] === 'A' ? 'B' : 'A'}${box.slice(131)}`,
		await seal('not JSON', item),
		await seal('{"without":"a document"}', item),
		await (await sealToSchool(key, { ...SUPERVISOR, personId: anId('person', 2) }))('{"doc":1}', item),
		await (await sealToSchool(stranger.current, SUPERVISOR))('{"doc":1}', item),
	];
	const forged = boxes.map((sealed, n) => ({
		...item,
		id: anId('observation', n + 1),
		rev: `f${n}`,
		seq: 100 + n,
		sealed,
	}));
	const moved = [
		{ ...item, rev: 'another', seq: 200 },
		{ ...item, id: anId('observation', 99), seq: 201 },
	];
	const answers = said(await supervisor.push([...forged, ...moved]));
	expect(answers).toEqual(Array<string>(forged.length + moved.length).fill('unsealable'));
	expect(said(await coordinator.push([{ ...item, seq: 1 }]))).toEqual(['unsealable']);
	expect(observations()).toEqual([]);
	const kept = server.school.replica.all('quarantineEntry');
	expect(kept.filter(({ authorId }) => authorId === SUPERVISOR.personId)).toHaveLength(forged.length + moved.length);
	expect(kept.every(({ reason, item: text }) => reason === 'unsealable' && !text.includes('null'))).toBe(true);
	// The right one is none the worse for it, and what was kept of its forgeries is over.
	expect(said(await supervisor.push([{ ...item, seq: 300 }]))).toEqual(['stored']);
});

test('what is sent open after nobody could open it is kept besides, not taken for kept', async () => {
	const item = supervisor.item(anObservation(1, { occurredAt: '2027-03-01T12:00' as LocalDateTime }));
	const { doc: _, ...address } = item;
	const noise = toBase64(new Uint8Array(300));
	expect(said(await supervisor.push([{ ...address, sealed: noise }]))).toEqual(['unsealable']);
	expect(said(await supervisor.push([{ ...item, seq: item.seq + 1 }]))).toEqual(['inFuture']);
	const kept = server.school.replica.all('quarantineEntry');
	expect(kept.map(({ reason }) => reason).sort()).toEqual(['inFuture', 'unsealable']);
	expect(kept.find(({ reason }) => reason === 'inFuture')?.item).toContain('2027-03-01T12:00');
});

test('what is inside is judged like anything that is sent', async () => {
	const seal = await sealToSchool(await keyOf(supervisor), SUPERVISOR);
	const inside = (n: number, text: string) => {
		const { doc: _, ...item } = supervisor.item(anObservation(n));
		return seal(text.replaceAll('REV', item.rev), item).then((box) => ({ ...item, sealed: box }));
	};
	const polluted = JSON.stringify({ doc: anObservation(1) }).replace('{"type"', '{"__proto__":{"demo":true},"type"');
	const items = await Promise.all([
		inside(1, polluted),
		inside(2, JSON.stringify({ doc: anObservation(3) })),
		inside(4, JSON.stringify({ doc: { ...anObservation(4), note: 'x'.repeat(40_000) } })),
		inside(5, `{"doc":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
		inside(6, JSON.stringify({ doc: anObservation(6, { reporterId: anId('person', 2) }) })),
	]);
	expect(said(await supervisor.push(items))).toEqual(['stored', 'idMismatch', 'tooLarge', 'unsealable', 'notAllowed']);
	expect(({} as { demo?: true }).demo).toBeUndefined();
	expect(server.log.join('\n')).not.toContain('"level":50');
});

/** A device of the supervisor's with a PIN, on the disk as it would be in the browser. */
function aPhone(disk: MemoryDisk = createMemoryDisk()) {
	const toSchool = async () => sealToSchool(await keyOf(supervisor), SUPERVISOR);
	const around = { storage: disk.open(), now, newUlid: () => ulid() };
	const pushed: PushItem[] = [];
	const transport: Transport = {
		async push(request): Promise<PushAnswer> {
			pushed.push(...request.items);
			const answer = await supervisor.send({ method: 'POST', url: '/sync/push', payload: request });
			return { kind: 'receipts', receipts: PushResponse.parse(answer.json()).receipts };
		},
		pull: async () => ({ kind: 'equal' }),
	};
	const tabs = { announce: () => undefined, alone: <T>(run: () => Promise<T>) => run(), close: () => undefined };

	return {
		disk,
		pushed,
		async open(pin?: string, seals = true) {
			const answer = pin === undefined ? null : await openWithPin(settings, SUPERVISOR.personId, pin, now());
			const sealing = await openSealing(settings, SUPERVISOR.personId, answer?.ok ? answer.keys : undefined);
			return openPersonStore({ ...around, sealing, ...(seals && { toSchool: toSchool() }) });
		},
		async send() {
			const sealing = await openSealing(settings, SUPERVISOR.personId);
			return sendUnsent({ ...around, sealing, transport, tabs, isWatched: false });
		},
		/** What can be read on it with the keys that lie on it. */
		async readable(): Promise<string[]> {
			const sealing = await openSealing(settings, SUPERVISOR.personId);
			const found: string[] = [];
			for (const table of ['packs', 'changes', 'outbox', 'notes'] as const) {
				for (const row of disk.inspect(table).values()) {
					const { id = '', bytes, baseBytes } = row as { id?: string; bytes?: Uint8Array; baseBytes?: Uint8Array };
					for (const each of [bytes, baseBytes].filter((part) => part !== undefined)) {
						const contents = ['packs', `changes/${id}`, `outbox/${id}`] as const;
						const texts = contents.map((content) => sealing.open(each, content).catch(() => null));
						if (isPlain(each) || (await Promise.all(texts)).some((text) => text !== null)) found.push(table);
					}
				}
			}
			return found;
		},
	};
}

test('what waits is sent while locked, cannot be read there, and is read again by who has the PIN', async () => {
	const phone = aPhone();
	const store = await phone.open();
	await store.save(
		[1, 2].map((n) => anObservation(n)),
		0,
	);
	await replacePin(settings, SUPERVISOR.personId, { current: null, next: PIN }, CHEAP);
	expect(await phone.readable()).toEqual([]);
	expect(await phone.send()).toBe('done');
	expect(phone.pushed.map(({ doc, sealed: box }) => [doc, typeof box])).toEqual(Array(2).fill([undefined, 'string']));
	expect(observations()).toHaveLength(2);
	// Also what became of it.
	expect(await phone.readable()).toEqual([]);
	const again = await phone.open(PIN);
	expect(again.replica.unsentCount).toBe(0);
	expect(again.replica.all('observation')).toHaveLength(2);
});

test('what waits outlives a key that is gone, and no longer looks as if it could be read', async () => {
	const phone = aPhone();
	await (await phone.open()).save([anObservation(1)], 0);
	await replacePin(settings, SUPERVISOR.personId, { current: null, next: PIN }, CHEAP);
	await dropDataKey(settings, SUPERVISOR.personId);
	const anew = await phone.open();
	expect([anew.replica.unsentCount, anew.replica.unsent]).toEqual([1, []]);
	expect(await phone.send()).toBe('done');
	await anew.catchUp();
	expect(anew.replica.unsentCount).toBe(0);
	expect(observations()).toHaveLength(1);
});

test('a conflict waits for the PIN, and is merged then', async () => {
	const phone = aPhone();
	const first = supervisor.item(anObservation(1));
	await supervisor.push([first]);
	const store = await phone.open();
	await store.applyPulled([{ id: first.id, rev: first.rev, doc: first.doc }]);
	await store.save([anObservation(1, { note: 'written here' })], 0);
	await supervisor.push([supervisor.item(anObservation(1, { basket: 'red' }), { baseRev: first.rev })]);
	await replacePin(settings, SUPERVISOR.personId, { current: null, next: PIN }, CHEAP);
	expect(await phone.send()).toBe('done');
	expect(await phone.readable()).toEqual([]);
	const again = await phone.open(PIN);
	expect(again.replica.unsent.map(({ delivery }) => delivery.kind)).toEqual(['savedHere']);
	await replacePin(settings, SUPERVISOR.personId, { current: PIN, next: null }, CHEAP);
	expect(await phone.send()).toBe('done');
	expect(await phone.send()).toBe('done');
	expect(server.school.replica.find('observation', first.id)).toMatchObject({ note: 'written here', basket: 'red' });
});

test('what waited from before there were seals is sent all the same, and sealed at the next visit', async () => {
	const phone = aPhone();
	await (await phone.open(undefined, false)).save([anObservation(1), anObservation(2)], 0);
	expect(await phone.readable()).toEqual(['outbox', 'outbox']);
	await replacePin(settings, SUPERVISOR.personId, { current: null, next: PIN }, CHEAP);
	await phone.open(PIN);
	expect(await phone.readable()).toEqual([]);
	expect(await phone.send()).toBe('done');
	expect(phone.pushed.every((item) => typeof item.sealed === 'string')).toBe(true);

	const older = aPhone();
	await (await older.open(PIN, false)).save([anObservation(3)], 0);
	expect(await older.send()).toBe('done');
	expect(older.pushed.every((item) => item.sealed === undefined)).toBe(true);
	expect(observations()).toHaveLength(3);
});

test('a server that lost its key gets it in plain text from who can still read it', async () => {
	const phone = aPhone();
	await (await phone.open()).save([anObservation(1), anObservation(2)], 0);
	await server.stop();
	// Restored without its secrets.
	server = await startSchool();
	supervisor = await server.signIn(1);
	expect(await phone.send()).toBe('done');
	expect(observations()).toHaveLength(2);
	expect(server.school.replica.all('quarantineEntry').every(({ closed }) => closed?.as === 'arrived')).toBe(true);
	expect((await phone.open()).replica.unsentCount).toBe(0);
});

test('a rescue file carries the seals; who brings it cannot read it, and the server takes it in', async () => {
	const phone = aPhone();
	const store = await phone.open();
	await store.save([anObservation(1, { note: 'Zomervuur' })], 0);
	const items = await store.unsentItems();
	const text = writeRescueFile({
		madeAt: NOON,
		appVersion: '1',
		...SUPERVISOR,
		deviceId: await store.deviceId(),
		items,
	});
	expect(text).not.toContain('Zomervuur');
	expect(readRescueFile(text)).toMatchObject({ ok: true, value: { v: 2 } });
	const coordinator = await server.signIn(3);
	const answer = await coordinator.send({ method: 'POST', url: '/api/rescue', payload: { file: text } });
	expect(answer.json()).toMatchObject({ stored: 1, refused: 0 });
	expect(observations()).toMatchObject([{ note: 'Zomervuur' }]);
});
