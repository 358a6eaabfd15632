import { can, maskFor } from '#domain/access/access.ts';
import type { Actor } from '#domain/access/rules.ts';
import type { HostWork } from '#server/control/host-work.ts';
import type { OfSchool } from './user-work.ts';
import { pickSchool } from './with-schools.ts';

/** Lines joined to one write. */
const LINES_PER_WRITE = 256;

export interface ExportInput extends OfSchool {
	readonly withReporters?: true;
}

/** Every document of a school as JSONL. Who reported stays out unless asked for (M5-06). */
export const exportSchool: HostWork<ExportInput> = async (schools, { school, withReporters }, print) => {
	const { id, replica } = pickSchool(schools, school);
	const nobody: Actor = { personId: null, schoolId: id, roles: [], groupIds: [] };
	const reader: Actor = { ...nobody, roles: ['generalCoordinator'] };
	let lines: string[] = [];
	for (const { doc } of [...replica.envelopes()]) {
		if (!can(reader, 'read', { doc, facts: replica.facts })) continue;
		// What was refused is text nobody has checked: it may name a reporter anywhere.
		if (!withReporters && (doc.type === 'quarantineEntry' || doc.type === 'quarantineDecision')) continue;
		lines.push(`${JSON.stringify(withReporters ? doc : maskFor(nobody, doc, replica.facts))}\n`);
		if (lines.length < LINES_PER_WRITE) continue;
		await print(lines.join(''));
		lines = [];
	}
	if (lines.length > 0) await print(lines.join(''));
};
