/** What became of everything that was told. */
export interface Outcome {
	readonly what: string;
	readonly kills: number;
	readonly told: number;
	readonly lost: number;
	/** On the server beyond what was told. */
	readonly doubled: number;
}
