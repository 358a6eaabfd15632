import * as z from 'zod';

/** Written to every backup; a file of a later version is refused rather than half understood. */
export const BACKUP_VERSION = 1;

/** The first line. */
export const BackupHeader = z.strictObject({
	format: z.literal('pleinwacht-backup'),
	v: z.literal(BACKUP_VERSION),
	madeAt: z.iso.datetime(),
});
export type BackupHeader = z.infer<typeof BackupHeader>;

const Id = z.string().min(1);

/** A record as it stood, or that it was removed while the backup was written; of one id the last line counts. */
export const BackupLine = z.union([
	z.strictObject({
		in: z.string(),
		record: z.looseObject({ id: Id, rev: z.string() }),
	}),
	z.strictObject({ in: z.string(), removed: Id }),
]);
export type BackupLine = z.infer<typeof BackupLine>;

/** The last line: without it the file is not whole. `sha256` is over every byte before it. */
export const BackupTrailer = z.strictObject({
	lines: z.int(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupTrailer = z.infer<typeof BackupTrailer>;
