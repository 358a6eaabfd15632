import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StartUpProblem } from '#server/start-up-problem.ts';
import type { StoreRecord } from '#server/store/document-store.ts';
import { BackupHeader, BackupLine, BackupTrailer } from './format.ts';

/** A backup that was read to its end and found whole. */
export interface Backup {
	readonly file: string;
	readonly madeAt: string;
	readonly sha256: string;
	/** Of each database, of each id that stands in the end: the line that has it. */
	readonly standing: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Reads it all once. @throws {StartUpProblem} that says what is wrong with it. */
export async function readBackup(file: string): Promise<Backup> {
	const hash = createHash('sha256');
	const standing = new Map<string, Map<string, number>>();
	const headers: BackupHeader[] = [];
	let pending: string | undefined;
	let lines = 0;

	for await (const text of linesOf(file)) {
		// Only what follows tells whether a line was the last.
		if (pending !== undefined) take(pending);
		pending = text;
	}
	const trailer = BackupTrailer.safeParse(parse(pending));
	const [header] = headers;
	if (!header) throw notABackup(file);
	if (!trailer.success) throw broken(file, 'its end is missing');
	const sha256 = hash.digest('hex');
	if (trailer.data.sha256 !== sha256 || trailer.data.lines !== lines) throw broken(file, 'its checksum does not fit');
	return { file, madeAt: header.madeAt, sha256, standing };

	function take(text: string) {
		hash.update(`${text}\n`);
		lines++;
		if (lines === 1) {
			const first = BackupHeader.safeParse(parse(text)).data;
			if (!first) throw notABackup(file);
			return void headers.push(first);
		}
		const line = BackupLine.safeParse(parse(text)).data;
		if (!line) throw broken(file, `line ${lines} cannot be read`);
		const ids = standing.get(line.in) ?? new Map<string, number>();
		standing.set(line.in, ids);
		if ('record' in line) ids.set(line.record.id, lines);
		else ids.delete(line.removed);
	}
}

/** The records that stand in the end, in the order of the file. The backup must have been found whole. */
export async function* recordsIn({ file, standing }: Backup): AsyncGenerator<{ in: string; record: StoreRecord }> {
	let at = 0;
	for await (const text of linesOf(file)) {
		at++;
		const line = BackupLine.safeParse(parse(text)).data;
		if (line && 'record' in line && standing.get(line.in)?.get(line.record.id) === at) yield line;
	}
}

async function* linesOf(file: string): AsyncGenerator<string> {
	const unpacked = createGunzip();
	// Its errors are those of `unpacked`, which the loop below throws.
	pipeline(createReadStream(file), unpacked, () => {});
	try {
		yield* createInterface({ input: unpacked, crlfDelay: Infinity });
	} catch (error) {
		const { code, syscall } = error as NodeJS.ErrnoException;
		if (syscall) throw new StartUpProblem(`${file} cannot be read (${code}).`);
		throw code === 'Z_BUF_ERROR' ? broken(file, 'its end is missing') : notABackup(file);
	}
}

function parse(text: string | undefined): unknown {
	try {
		return JSON.parse(text ?? '');
	} catch {
		return undefined;
	}
}

function broken(file: string, why: string): StartUpProblem {
	return new StartUpProblem(`${file} is not whole: ${why}. Nothing was written; take another backup.`);
}

function notABackup(file: string): StartUpProblem {
	return new StartUpProblem(`${file} is no backup of Pleinwacht, or one of a later version.`);
}
