/** What CouchDB allows, and what is a plain folder name everywhere: no `..`, no `/`, no upper case. */
const NAME = /^[a-z][a-z0-9_]{0,99}$/;

/** Names come from this server's own code; another one is a bug that must not reach a disk. */
export function assertDatabaseName(name: string): void {
	if (!NAME.test(name)) throw new Error(`"${name}" is no name for a database`);
}
