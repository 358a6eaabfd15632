const BROWSERS = [
	[/\bEdg(A|iOS)?\//, 'Edge'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\bFirefox\/|\bFxiOS\//, 'Firefox'],
	[/Chrome\/|\bCriOS\//, 'Chrome'],
	[/\bSafari\//, 'Safari'],
] as const;

const SYSTEMS = [
	[/\biPhone\b/, 'iPhone'],
	[/\biPad\b/, 'iPad'],
	[/\bAndroid\b/, 'Android'],
	[/\bCrOS\b/, 'Chromebook'],
	[/\bWindows\b/, 'Windows'],
	[/\bMacintosh\b/, 'Mac'],
	[/\bLinux\b/, 'Linux'],
] as const;

/** What somebody recognises an own device by, and no more: no version, no model. */
export function deviceLabel(userAgent: string | undefined): string {
	const find = (list: typeof BROWSERS | typeof SYSTEMS) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
	return [find(BROWSERS), find(SYSTEMS)].filter((part) => part !== undefined).join(' · ');
}
