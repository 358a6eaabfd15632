import type { Row } from './revisioned-store.ts';
import { readNote, writeNote, type Pouch } from './embedded-pouch.ts';

const COPIED_AT_ONCE = 1000;

/** Copies what lives, with the revisions it has. @returns the place in the order of changes that the copy is of. */
export async function copyLiving(db: Pouch, fresh: Pouch): Promise<number> {
	for (let at = 0; ;) {
		const { results, last_seq } = await db.changes({ since: at, limit: COPIED_AT_ONCE, include_docs: true });
		if (results.length === 0) return at;
		const living = results.flatMap(({ deleted, doc }) => (deleted || !doc ? [] : [doc]));
		await fresh.bulkDocs(living, { new_edits: false });
		at = Number(last_seq);
	}
}

/** What was written or removed after `since`, joined to the revision the copy may hold of it already. */
export async function copyWhatChanged(db: Pouch, fresh: Pouch, since: number): Promise<void> {
	for (let at = since; ;) {
		const { results, last_seq } = await db.changes({ since: at, limit: COPIED_AT_ONCE });
		if (results.length === 0) return;
		const docs = results.flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
		const answers = await db.bulkGet({ docs, revs: true });
		const rows = answers.results.flatMap(({ docs: [found] }) => (found && 'ok' in found ? [found.ok] : []));
		await fresh.bulkDocs(rows as Row[], { new_edits: false });
		at = Number(last_seq);
	}
}

/** Which notes there are is a note itself: PouchDB cannot list them. */
const NAMES = 'note-names';

export interface Notes {
	/** To be called before a note is written. */
	know(name: string): Promise<void>;
	copyTo(fresh: Pouch): Promise<void>;
}

export async function notesOf(db: Pouch): Promise<Notes> {
	const names = new Set(((await readNote(db, NAMES))?.value ?? []) as string[]);
	let writing = Promise.resolve();
	return {
		async know(name) {
			if (names.has(name)) return;
			names.add(name);
			writing = writing.then(() => writeNote(db, NAMES, [...names]));
			await writing;
		},
		async copyTo(fresh) {
			await writeNote(fresh, NAMES, [...names]);
			for (const name of names) await writeNote(fresh, name, (await readNote(db, name))?.value);
		},
	};
}
