import { openDevice } from '#lib/device/open-device.svelte.ts';
import { getLocale } from '#lib/i18n/generated/runtime.js';

export const ssr = false;
export const prerender = false;

export async function load() {
	document.documentElement.lang = getLocale();
	return { device: await openDevice() };
}
