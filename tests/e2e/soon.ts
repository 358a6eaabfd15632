import { expect } from '@playwright/test';
import { allAsCoordinator } from './at-the-server.ts';

/** For what goes by way of the server, the undo window, a pause after failed tries: the end of waiting, no promise about speed. */
export const SOON = { timeout: 60_000 };

/** Waits until so many observations are at the server. */
export async function expectObservations(url: string, count: number): Promise<void> {
	await expect.poll(async () => (await allAsCoordinator(url, 'observation')).length, SOON).toBe(count);
}
