import type { Schools } from '#server/schools.ts';

/** Writes to the terminal of whoever gave the command; resolves when there is room for more. */
export type Print = (text: string) => Promise<void>;

/**
 * Something the host of a school has done on its store. `input` is JSON, for the work may be done by another process:
 * the server, when one runs. What the host can mend is thrown as a `StartUpProblem`.
 */
export type HostWork<I> = (schools: Schools, input: I, print: Print) => Promise<void>;

/** One line of the answer on the control socket. */
export type ControlLine = { readonly text: string } | { readonly problem: string } | { readonly done: true };

export const CONTROL_VERSION = 1;

export interface ControlRequest {
	readonly version: typeof CONTROL_VERSION;
	readonly work: string;
	readonly input: unknown;
}
