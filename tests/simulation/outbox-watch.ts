import type { DomainDocument } from '#domain/document.ts';
import type { OutboxRow } from '#lib/device/device-storage.ts';
import type { HeldEntry } from '#lib/device/held-store.ts';
import type { MemoryDisk } from '#tests/factories/memory-disk.ts';
import { withoutMoments } from './canonical.ts';
import { asKnownTo, type Edition } from './editions.ts';
import type { Truth } from './truth.ts';

/** What is known of one row of an outbox. */
interface KnownRow {
	readonly row: OutboxRow;
	readonly contents: string;
}

/**
 * Looks over the shoulder of one outbox: each row that comes is noted, and each that goes must have a good reason (D3).
 * It reads the disk itself, not what the product says about it.
 */
export class OutboxWatch {
	readonly #edition: () => Edition;
	readonly #name: string;
	readonly #disk: MemoryDisk;
	readonly #truth: Truth;
	#seen: ReadonlyMap<IDBValidKey, unknown> = new Map();
	#rows = new Map<number, KnownRow>();
	/** Every content that was ever committed here, to hold "saved" against. */
	readonly #everSaved = new Set<string>();
	readonly #undoing = new Set<string>();

	constructor(name: string, disk: MemoryDisk, truth: Truth, edition: () => Edition) {
		this.#edition = edition;
		this.#name = name;
		this.#disk = disk;
		this.#truth = truth;
	}

	/** Rows on the disk now, oldest first. */
	get rows(): readonly OutboxRow[] {
		return [...this.#rows.values()].map(({ row }) => row).sort((a, b) => a.seq - b.seq);
	}

	/** The person was told "saved": it must have been on the disk. */
	noteSaved(document: { readonly id: string }): void {
		this.look();
		if (!this.#everSaved.has(`${document.id} ${withoutMoments(document)}`)) {
			this.#truth.fail(`${this.#name} said that ${document.id} is saved, and it was never on its disk`);
		}
	}

	/** While the person takes it back, its newest row may go. */
	async undoing(id: string, undo: Promise<boolean>): Promise<boolean> {
		this.#undoing.add(id);
		// A full disk cannot take anything back: the person sees that it is still there.
		const undone = await undo.catch(() => false);
		this.look();
		this.#undoing.delete(id);
		return undone;
	}

	look(): void {
		const now = this.#disk.inspect('outbox');
		if (now === this.#seen) return;
		this.#seen = now;
		const rows = new Map<number, KnownRow>();
		for (const value of now.values()) {
			const row = value as OutboxRow;
			rows.set(row.seq, this.#known(row));
		}
		const gone = [...this.#rows.values()].filter(({ row }) => !rows.has(row.seq));
		this.#rows = rows;
		for (const { row } of gone) this.#judgeGone(row);
		for (const { row } of rows.values()) this.#judgeRefusal(row);
	}

	#known(row: OutboxRow): KnownRow {
		const before = this.#rows.get(row.seq);
		if (before) return { row, contents: before.contents };
		const { doc } = JSON.parse(Buffer.from(row.bytes).toString()) as HeldEntry & { doc: DomainDocument };
		// What the app carries along without knowing it, nobody was told about.
		const contents = withoutMoments(asKnownTo(this.#edition(), doc));
		this.#everSaved.add(`${row.id} ${contents}`);
		return { row, contents };
	}

	#judgeGone({ id, rev, seq, sent, refusal }: OutboxRow): void {
		const told = this.#truth.told(this.#name, rev)?.kind;
		if (told === 'stored' || told === 'duplicate' || this.#truth.wasToldErased(this.#name, id)) return;
		if (this.#truth.isAccepted(rev)) return;
		const isNewest = ![...this.#rows.values()].some(({ row }) => row.id === id && row.seq > seq);
		const hasLeft = sent || this.#truth.hasLeftInFile(rev);
		if (this.#undoing.has(id) && isNewest && (!hasLeft || refusal !== null)) return;
		// What the school did not take, its author has meanwhile written anew.
		const wasRefused =
			refusal !== null || told === 'rejected' || told === 'conflict' || this.#truth.chainRefused(this.#name, id);
		if (wasRefused && !isNewest) return;
		this.#truth.fail(`${this.#name} let go of ${id} ${rev} without a receipt (told: ${told ?? 'nothing'})`);
	}

	#judgeRefusal({ id, rev, refusal }: OutboxRow): void {
		if (refusal === null) return;
		const told = this.#truth.told(this.#name, rev);
		const isTold =
			(told?.kind === 'rejected' && told.reason === refusal) ||
			(refusal === 'conflict' && this.#truth.chainRefused(this.#name, id)) ||
			refusal === 'tooLarge';
		if (!isTold) this.#truth.fail(`${this.#name} shows ${id} ${rev} as not accepted (${refusal}), and nobody said so`);
	}
}
