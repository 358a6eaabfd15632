import type { DeviceId, PersonId, SchoolId } from '#domain/id.ts';
import { hash64Hex } from './digest.ts';
import type { PushItem } from './messages.ts';

export const RESCUE_KIND = 'pleinwacht.rescue';

/** What a device puts in the file; `rescue.ts` says what each means, and reads it. Every page loads this, so it is small. */
export interface RescueContents {
	readonly madeAt: string;
	readonly appVersion: string;
	readonly schoolId: SchoolId;
	readonly personId: PersonId;
	readonly deviceId: DeviceId;
	readonly items: readonly PushItem[];
}

/** The text of the file. */
export function writeRescueFile(contents: RescueContents): string {
	const body = rescueBodyOf(contents);
	return `${JSON.stringify({ ...body, checksum: rescueChecksumOf(body) }, null, '\t')}\n`;
}

export function rescueBodyOf({ madeAt, appVersion, schoolId, personId, deviceId, items }: RescueContents) {
	const v = items.some(({ sealed }) => sealed !== undefined) ? (2 as const) : (1 as const);
	return { kind: RESCUE_KIND, v, madeAt, appVersion, schoolId, personId, deviceId, items };
}

/** 64 bits over the compact JSON: tells a file that was cut off or touched on its way, not one that was forged. */
export function rescueChecksumOf(body: ReturnType<typeof rescueBodyOf>): string {
	return hash64Hex(JSON.stringify(body));
}
