import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';

/** Parts that load later may take their time on a busy machine: this is the end of waiting, no promise about speed. */
const APPEARS_MS = 20_000;
configure({ asyncUtilTimeout: APPEARS_MS });

// What one test drew must not be found by the next.
afterEach(() => cleanup());

/** jsdom lays nothing out, so there is never a new size to report. */
class NoResizes implements ResizeObserver {
	observe() {}
	unobserve() {}
	disconnect() {}
}
globalThis.ResizeObserver ??= NoResizes;

// jsdom's dialog has no methods; opening and closing is all that screens need of it.
HTMLDialogElement.prototype.showModal ??= function () {
	this.open = true;
};
HTMLDialogElement.prototype.close ??= function () {
	if (!this.open) return;
	this.open = false;
	this.dispatchEvent(new Event('close'));
};
