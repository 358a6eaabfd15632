import { installPeers } from './peers.ts';

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

export async function loadDuckDb(say: (text: string) => void): Promise<DuckDb> {
	installPeers(PACKAGE, say);
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
