import type { Device } from './device.ts';

export function openDevice(): Promise<Device> {
	return Promise.reject(new Error('not built yet'));
}
