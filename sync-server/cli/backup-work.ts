import type { HostWork } from '#server/control/host-work.ts';
import { backupOf } from '#server/backup/write.ts';

/** Everything the store holds, as lines of text. */
export const backUp: HostWork<null> = async ({ host }, _, print) => {
	for await (const chunk of backupOf(host, new Date())) await print(chunk);
};
