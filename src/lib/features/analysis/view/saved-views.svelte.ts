import * as z from 'zod/mini';
import type { LocalNotes } from '#lib/device/device.ts';

const NOTE = 'analysis-views';
/** An address within the analysis and nowhere else: a note is no way out of the app. */
const SavedView = z.object({ name: z.string(), address: z.string().check(z.regex(/^\/analysis\?[\w=&%.-]*$/)) });
export type SavedView = z.infer<typeof SavedView>;

/** Views a person wants to come back to: notes on this device, by name. */
export class SavedViews {
	#views = $state.raw<readonly SavedView[]>([]);
	readonly #notes: LocalNotes;

	constructor(notes: LocalNotes) {
		this.#notes = notes;
		void notes.get(NOTE).then((kept) => (this.#views = z.array(SavedView).safeParse(kept).data ?? []));
	}

	get all(): readonly SavedView[] {
		return this.#views;
	}

	/** The same name again means instead. */
	async save(view: SavedView): Promise<void> {
		await this.#keep([...this.#views.filter(({ name }) => name !== view.name), view]);
	}

	async remove(name: string): Promise<void> {
		await this.#keep(this.#views.filter((each) => each.name !== name));
	}

	async #keep(views: readonly SavedView[]): Promise<void> {
		this.#views = views;
		await this.#notes.put(NOTE, views);
	}
}
