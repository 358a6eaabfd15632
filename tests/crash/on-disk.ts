import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchoolId } from '#domain/id.ts';
import { databaseOf } from '#server/schools.ts';
import { embeddedHost } from '#server/store/embedded.ts';
import type { Envelope } from '#server/store/envelope.ts';

/** What a server that is dead left of a school: read from a copy, so that the next start finds it as the kill left it. */
export async function leftOnDisk(dataDir: string, schoolId: SchoolId): Promise<Envelope[]> {
	const copy = mkdtempSync(join(tmpdir(), 'pleinwacht-left-'));
	cpSync(dataDir, copy, { recursive: true });
	const host = embeddedHost(copy);
	try {
		const store = await host.open<Envelope>(databaseOf(schoolId));
		const left: Envelope[] = [];
		for await (const changes of store.changes(null))
			for (const { record } of changes) if (record?.doc !== undefined) left.push(record);
		return left;
	} finally {
		await host.close();
		rmSync(copy, { recursive: true, force: true });
	}
}
