import { createContext } from 'svelte';
import type { Device } from './device.ts';

/** Set once by the root layout; every component below may read it. */
export const [getDevice, setDevice] = createContext<Device>();
