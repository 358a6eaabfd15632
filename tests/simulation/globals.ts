import { replaceGlobalTime } from './virtual-time.ts';
import { replaceGlobalFetch } from './wire.ts';

/** No wall clock, no timers and no network for the rest of this process. */
export function replaceGlobals(): void {
	replaceGlobalTime();
	replaceGlobalFetch();
}
