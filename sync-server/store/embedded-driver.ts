import { join } from 'node:path';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { copyLiving, copyWhatChanged, notesOf } from './embedded-copy.ts';
import { clearSwap, finishSwap, freshFolderOf, logFlusherOf, removeFolder, swapFolders } from './embedded-folder.ts';
import { openPouch, readNote, sayUnavailable, writeNote, type Pouch } from './embedded-pouch.ts';
import type { Driver } from './revisioned-store.ts';
import { turnstile } from './turnstile.ts';

/** How often this database has been copied: a place in an earlier copy's order of changes means nothing in this one. */
const GENERATION = 'generation';

/** Opens `dataDir/name`, or makes it. @throws {StartUpProblem} in use by another process, or not to be opened. */
export async function openEmbedded(dataDir: string, name: string): Promise<Driver> {
	const folder = join(dataDir, name);
	finishSwap(folder);
	let open = await openNow().catch((error: unknown) => {
		throw new StartUpProblem(
			/lock/i.test(String(error))
				? `The data folder ${dataDir} is in use by another Pleinwacht. Stop that one first, or choose another DATA_DIR.`
				: `The data folder ${dataDir} cannot be opened (${String(error)}). Restore a backup, or choose another DATA_DIR.`,
		);
	});
	clearSwap(folder);
	const { pass, alone } = turnstile();

	async function openNow() {
		const db = await openPouch(folder);
		const generation = ((await readNote(db, GENERATION))?.value ?? 0) as number;
		return { db, generation, notes: await notesOf(db), flushLog: logFlusherOf(folder) };
	}

	/** Whoever comes during a swap waits for it and then works on the copy. */
	const using = <T>(work: (now: typeof open) => Promise<T>): Promise<T> => pass(() => work(open)).catch(sayUnavailable);

	/** Most is copied while everybody works on; alone only what changed meanwhile, and the swap. */
	async function copyInto(fresh: Pouch): Promise<void> {
		const copied = await using(({ db }) => copyLiving(db, fresh));
		await alone(async () => {
			await copyWhatChanged(open.db, fresh, copied);
			await open.notes.copyTo(fresh);
			await writeNote(fresh, GENERATION, open.generation + 1);
			await Promise.all([open.db.close(), fresh.close()]);
			try {
				await swapFolders(folder);
			} finally {
				finishSwap(folder);
				open = await openNow();
			}
		});
	}

	let purging: Promise<void> | undefined;
	/** LevelDB keeps what it deletes until it happens to merge that file; a copy of what lives has nothing else in it. */
	async function purge(): Promise<void> {
		removeFolder(freshFolderOf(folder));
		const fresh = await openPouch(freshFolderOf(folder));
		try {
			await copyInto(fresh);
		} catch (error) {
			await fresh.close().catch(() => {});
			removeFolder(freshFolderOf(folder));
			sayUnavailable(error);
		}
	}

	return {
		fetch: (ids) =>
			using(async ({ db }) => {
				const { rows } = await db.allDocs({ keys: [...ids], include_docs: true });
				return rows.map((row) => ('doc' in row && row.doc ? row.doc : null));
			}),
		leavesOf: (ids) =>
			using(async ({ db }) => {
				const { rows } = await db.allDocs({ keys: [...ids], include_docs: true, conflicts: true });
				return rows.flatMap((row) => {
					if (!('doc' in row) || !row.doc) return [];
					return [row.doc._rev, ...(row.doc._conflicts ?? [])].map((rev) => ({ id: row.id, rev }));
				});
			}),
		write: (rows) =>
			using(async ({ db, flushLog }) => {
				const answers = await db.bulkDocs([...rows]);
				await flushLog();
				return answers.map((answer) => {
					if (!('error' in answer)) return true;
					if (answer.status === 409) return false;
					throw new Error(`The store refused a document: ${answer.name}`);
				});
			}),
		changes: (since, limit) =>
			using(async ({ db, generation }) => {
				const { results } = await db.changes({ since: placeIn(generation, since), limit, include_docs: true });
				return results.map(({ seq, id, deleted, doc }) => ({
					checkpoint: generation === 0 ? String(seq) : `${generation}:${seq}`,
					id,
					row: deleted || !doc ? null : doc,
				}));
			}),
		async purge() {
			purging ??= purge().finally(() => (purging = undefined));
			await purging;
		},
		readNote: (note) => using(async ({ db }) => (await readNote(db, note))?.value),
		writeNote: (note, value) =>
			using(async ({ db, notes }) => {
				await notes.know(note);
				await writeNote(db, note, value);
			}),
		close: () => alone(() => open.db.close()),
	};
}

/** A checkpoint from before the last copy starts over. */
function placeIn(generation: number, checkpoint: string | null): number {
	const [place = '0', of = '0'] = (checkpoint ?? '0').split(':').reverse();
	return Number(of) === generation ? Number(place) : 0;
}
