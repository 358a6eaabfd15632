import { resolve, join } from 'node:path';

/** What the operating system allows for the address of a socket, with room for its closing zero. */
const MAX_PATH_BYTES = 103;

/**
 * Where a running server listens for who hosts it: a socket in its own data folder, so that the right to give
 * commands is the right to the data. `undefined`: the folder's name is too long for a socket.
 */
export function controlSocketOf(dataDir: string): string | undefined {
	const path = join(resolve(dataDir), 'control.sock');
	return Buffer.byteLength(path) <= MAX_PATH_BYTES ? path : undefined;
}
