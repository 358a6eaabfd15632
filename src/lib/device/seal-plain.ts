import type { DeviceStorage, NamedValue, OutboxRow } from './device-storage.ts';
import { openPersonDisk, type PersonDisk, type StoreSurroundings } from './person-disk.ts';
import { isPlain, openPlain, type Sealing } from './sealing.ts';

/**
 * Seals what an older app left in plain text, and what waits to the school where that was not done yet. Each row is written
 * only if it still stands as it was read, so other tabs may go on meanwhile; whatever stops it half way, each row is
 * whole, and the next visit does the rest.
 */
export async function sealPlain(around: StoreSurroundings): Promise<void> {
	const { storage, sealing, toSchool } = around;
	const isForSchool = Boolean(await toSchool);
	const isDue = (row: OutboxRow) => isPlain(row.bytes) || (isForSchool && row.sealed === undefined);
	if (sealing.version !== null || isForSchool) await sealOutbox(storage, openPersonDisk(around), isDue);
	const { version } = sealing;
	if (version === null) return;
	const done = await storage.read(['marks'], ({ marks }) => marks.get('sealed'));
	if (done?.value === version) return;
	await sealPacks(storage, sealing);
	await sealChanges(storage, sealing);
	await sealNotes(storage, sealing);
	await storage.writeRelaxed(['marks'], ({ marks }) => marks.put([{ name: 'sealed', value: version }]));
}

/** One at a time: each is a megabyte or so. Packs are added and deleted, never written anew. */
async function sealPacks(storage: DeviceStorage, sealing: Sealing): Promise<void> {
	for (const key of await storage.read(['packs'], ({ packs }) => packs.keys())) {
		const pack = await storage.read(['packs'], ({ packs }) => packs.get(key));
		if (!pack || !isPlain(pack.bytes)) continue;
		const bytes = await sealing.seal(await sealing.open(pack.bytes, 'packs'), 'packs');
		await storage.write(['packs'], async ({ packs }) => {
			if (await packs.get(key)) await packs.put([{ ...pack, bytes }]);
		});
	}
}

async function sealChanges(storage: DeviceStorage, sealing: Sealing): Promise<void> {
	const rows = await storage.read(['changes'], ({ changes }) => changes.all());
	const sealed = await Promise.all(
		rows
			.filter(({ bytes }) => isPlain(bytes))
			.map(async ({ id, generation, bytes }) => {
				const content = `changes/${id}` as const;
				return { id, generation, bytes: await sealing.seal(await sealing.open(bytes, content), content) };
			}),
	);
	if (sealed.length === 0) return;
	await storage.write(['changes'], async ({ changes }) => {
		const standing = new Map((await changes.all()).map((row) => [row.id, row.generation]));
		await changes.put(sealed.filter(({ id, generation }) => standing.get(id) === generation));
	});
}

async function sealOutbox(
	storage: DeviceStorage,
	{ entryOrNull, sealBase, sealRevision }: PersonDisk,
	isDue: (row: OutboxRow) => boolean,
): Promise<void> {
	const rows = await storage.read(['outbox'], ({ outbox }) => outbox.all());
	const sealed = new Map<number, { readonly was: OutboxRow } & Pick<OutboxRow, 'bytes' | 'sealed' | 'baseBytes'>>();
	for (const was of rows.filter(isDue)) {
		const entry = await entryOrNull(was);
		if (!entry) continue;
		const base = was.baseBytes && (await entryOrNull({ id: was.id, bytes: was.baseBytes }));
		sealed.set(was.seq, {
			was,
			...(await sealRevision(entry)),
			...(base && { baseBytes: await sealBase(base) }),
		});
	}
	if (sealed.size === 0) return;
	await storage.write(['outbox'], async ({ outbox }) => {
		const standing = await outbox.all();
		// Whether it was sent, or what it goes on, may have changed meanwhile: that stays as it stands now.
		const changed = standing.flatMap((row) => {
			const { was, ...bytes } = sealed.get(row.seq) ?? {};
			return was && sameBytes(was.bytes, row.bytes) && sameBytes(was.baseBytes, row.baseBytes)
				? [{ ...row, ...bytes }]
				: [];
		});
		await outbox.put(changed);
	});
}

async function sealNotes(storage: DeviceStorage, sealing: Sealing): Promise<void> {
	const notes = await storage.read(['notes'], (tables) => tables.notes.all());
	const sealed = new Map<string, { readonly text: string; readonly value: Uint8Array }>();
	for (const { name, value } of notes) {
		const text = plainText(value);
		if (text !== null) sealed.set(name, { text, value: await sealing.seal(text, `notes/${name}`) });
	}
	if (sealed.size === 0) return;
	await storage.write(['notes'], async (tables) => {
		const standing = await tables.notes.all();
		await tables.notes.put(
			standing.flatMap(({ name, value }): NamedValue[] => {
				const known = sealed.get(name);
				return known && plainText(value) === known.text ? [{ name, value: known.value }] : [];
			}),
		);
	});
}

/** As JSON; `null`: it is sealed. Before there was sealing at all, notes were kept as they are. */
function plainText(value: unknown): string | null {
	if (!(value instanceof Uint8Array)) return JSON.stringify(value ?? null);
	return isPlain(value) ? openPlain(value) : null;
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
	if (!a || !b) return a === b;
	return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
