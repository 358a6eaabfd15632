/**
 * Loaded before a server (`node --import`): its clock runs so many milliseconds ahead of this machine's. Mornings are told
 * of between seven and five on days with school, and a test runs at any hour of any day.
 */
const RealDate = Date;
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);

class DateAhead extends RealDate {
	constructor(...parts: number[]) {
		super(...((parts.length === 0 ? [DateAhead.now()] : parts) as [number]));
	}
	static override now(): number {
		return RealDate.now() + aheadMs;
	}
}

globalThis.Date = DateAhead as DateConstructor;
