/**
 * Writes one value after another in order and never two at once; while one is under way only the newest that came in
 * waits. So a tap never waits for the disk, and the disk ends with the last tap.
 */
export class LatestWrite<T> {
	readonly #write: (value: T) => Promise<void>;
	readonly #onfault: (fault: unknown) => void;
	#waiting: { readonly value: T } | null = null;
	#running: Promise<void> | null = null;

	constructor(write: (value: T) => Promise<void>, onfault: (fault: unknown) => void) {
		this.#write = write;
		this.#onfault = onfault;
	}

	put(value: T): void {
		this.#waiting = { value };
		this.#running ??= this.#run();
	}

	/** Resolves when everything put so far is written, or failed and was told. */
	async settled(): Promise<void> {
		await this.#running;
	}

	async #run(): Promise<void> {
		while (this.#waiting) {
			const { value } = this.#waiting;
			this.#waiting = null;
			try {
				await this.#write(value);
			} catch (fault) {
				this.#onfault(fault);
			}
		}
		this.#running = null;
	}
}
