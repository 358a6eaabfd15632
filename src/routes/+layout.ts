import { openDevice } from '#lib/device/open-device.svelte.ts';

export const ssr = false;
export const prerender = false;

export async function load() {
	return { device: await openDevice() };
}
