import { version } from '$app/environment';
import { getLocale } from '#lib/i18n/generated/runtime.js';

export const ssr = false;
export const prerender = false;

// Fetched beside the page's own code, not before it: the store is the largest part of the app.
const opening = import('#lib/device/open-device.svelte.ts').then(({ openDevice }) => openDevice(version));
const shell = import('#lib/features/shell/AppShell.svelte');

export async function load() {
	document.documentElement.lang = getLocale();
	return { device: await opening, AppShell: (await shell).default };
}
