import { version } from '$app/environment';
import { getLocale, overwriteGetLocale } from '#lib/i18n/generated/runtime.js';

export const ssr = false;
export const prerender = false;

// Fetched beside the page's own code, not before it: the store is the largest part of the app.
const opening = import('#lib/device/open-device.svelte.ts').then(({ openDevice }) => openDevice(version));
const shell = import('#lib/features/shell/SignedIn.svelte');

// Every word on the screen asks for it; another language is another page, as `setLocale` reloads.
const locale = getLocale();
overwriteGetLocale(() => locale);

export async function load() {
	document.documentElement.lang = locale;
	return { device: await opening, SignedIn: (await shell).default };
}
