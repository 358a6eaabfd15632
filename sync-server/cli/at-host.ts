import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { readConfig } from '#server/config.ts';
import { askRunningServer } from '#server/control/ask.ts';
import { HOST_WORKS, type HostWorkName, type InputOf } from './host-works.ts';
import { withSchools } from './with-schools.ts';

/** Does it by the server that runs on this data folder, or, when none does, on the store itself. */
export async function doAtHost<N extends HostWorkName>(
	name: N,
	input: InputOf<N>,
	out: Writable = process.stdout,
): Promise<void> {
	const failed = new Promise<never>((_, reject) => out.once('error', reject));
	failed.catch(() => {});
	const print = async (text: string) => {
		if (!out.write(text)) await Promise.race([once(out, 'drain'), failed]);
	};
	const work = (async () => {
		if (await askRunningServer(readConfig(process.env).dataDir, name, input, print)) return;
		await withSchools((schools) => HOST_WORKS[name](schools, input as never, print));
	})();
	await Promise.race([work, failed]);
}
