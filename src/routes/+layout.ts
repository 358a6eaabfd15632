import { openDevice } from '#lib/device/open-device.svelte.ts';
import { getLocale } from '#lib/i18n/generated/runtime.js';
// Loaded for what they do at once: theme and hidden names stand before the first paint.
import '#lib/ui/names-hidden.svelte.ts';
import '#lib/ui/theme.svelte.ts';

export const ssr = false;
export const prerender = false;

export async function load() {
	document.documentElement.lang = getLocale();
	return { device: await openDevice() };
}
