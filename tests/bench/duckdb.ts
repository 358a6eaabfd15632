import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the benches use of `@duckdb/node-api`; its own types are there only once a bench installed it. */
export interface DuckDb {
	readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> };
	readonly DuckDBDataChunk: { create(types: readonly unknown[]): Chunk };
	readonly INTEGER: unknown;
	readonly BOOLEAN: unknown;
	readonly VARCHAR: unknown;
}

export interface Connection {
	run(sql: string): Promise<{ getRows(): Promise<unknown[][]> }>;
	createAppender(table: string): Promise<{ appendDataChunk(chunk: Chunk): void; closeSync(): void }>;
	closeSync(): void;
}

interface Chunk {
	setColumns(columns: readonly (readonly (number | string | boolean | null)[])[]): void;
}

/** DuckDB's own; a chunk holds no more. */
const ROWS_PER_CHUNK = 2048;

const PACKAGE = '@duckdb/node-api';
const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** DuckDB is 70 MB and only a peer to measure against: the first bench that needs it installs it beside itself. */
export async function loadDuckDb(say: (text: string) => void): Promise<DuckDb> {
	if (!existsSync(`${FOLDER}node_modules/${PACKAGE}`)) {
		say('Installing DuckDB to measure against (70 MB, once) …');
		const { status } = spawnSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
			cwd: FOLDER,
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		if (status !== 0)
			throw new Error(
				'Could not install DuckDB: is the package registry within reach? Then run "npm install" in tests/bench.',
			);
	}
	return (await import(PACKAGE)) as DuckDb;
}

export type ColumnType = 'INTEGER' | 'BOOLEAN' | 'VARCHAR';

export interface Table {
	readonly name: string;
	readonly columns: Readonly<Record<string, ColumnType>>;
	readonly rows: Iterable<readonly (number | string | boolean | null)[]>;
}

/** The fastest way in that DuckDB's own API has: whole chunks, column by column. */
export async function loadTable(duck: DuckDb, connection: Connection, { name, columns, rows }: Table): Promise<void> {
	const definitions = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
	await connection.run(`CREATE TABLE ${name} (${definitions.join(', ')})`);
	const appender = await connection.createAppender(name);
	const types = Object.values(columns).map((type) => duck[type]);
	let values = types.map(() => new Array<number | string | boolean | null>());
	const flush = () => {
		const chunk = duck.DuckDBDataChunk.create(types);
		chunk.setColumns(values);
		appender.appendDataChunk(chunk);
		values = types.map(() => []);
	};
	for (const row of rows) {
		for (let column = 0; column < row.length; column++) values[column]?.push(row[column] ?? null);
		if (values[0]?.length === ROWS_PER_CHUNK) flush();
	}
	if ((values[0]?.length ?? 0) > 0) flush();
	appender.closeSync();
}
