import { ulid } from 'ulid';
import type { DomainDocument } from '#domain/document.ts';
import { openPersonStore, type PersonStore } from '#lib/device/person-store.ts';
import { pullAll } from '#lib/device/pull.ts';
import { pushAll } from '#lib/device/push.ts';
import { plainSealing } from '#lib/device/sealing.ts';
import { createFakeSyncServer, type FakeSyncServer } from './fake-sync-server.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';
import { anObservation } from './school.ts';

/** The device's clock in these tests, and a moment within the undo window from there. */
export const NOW = 1_000_000;
export const HELD = NOW + 5_000;
export const NOT_TAKEN = 'the server does not take this';

/** A person's store on a disk of its own, or on one that another tab or an earlier visit used. */
export function openStore(disk: MemoryDisk = createMemoryDisk()): Promise<PersonStore> {
	return openPersonStore({ storage: disk.open(), sealing: plainSealing, now: () => NOW, newUlid: () => ulid() });
}

/** Takes everything but what says it is not taken. */
export function serverWithJudgement(): FakeSyncServer {
	return createFakeSyncServer((doc) => (noteOf(doc) === NOT_TAKEN ? 'notAllowed' : null));
}

export async function sync(store: PersonStore, server: FakeSyncServer, releaseHolds = false) {
	const problem = await pushAll(store, server.transport, { now: NOW, releaseHolds });
	return problem ?? (await pullAll(store, server.transport, () => undefined)).problem;
}

export const note = (n: number, text: string): DomainDocument => anObservation(n, { note: text });
export const noteOf = (doc: unknown) => (doc as { note?: string } | undefined)?.note;
