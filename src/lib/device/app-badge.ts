/** A number on the app's icon, where the system has such a thing; nothing without one, and nobody waits for it. */
export function showAppBadge(count: number): void {
	const shown = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
	shown?.catch(() => undefined);
}
