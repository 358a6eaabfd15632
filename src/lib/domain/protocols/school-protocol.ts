import * as z from 'zod/mini';
import { PersonId, ProtocolId, SchoolId } from '#domain/id.ts';
import { Instant } from '#domain/time/local-time.ts';
import { Protocol } from './protocol.ts';
import { ProtocolTexts } from './protocol-texts.ts';

/**
 * A protocol as a school adapted it. Never changed afterwards: a next version is a next document, and a case keeps the one
 * it began with.
 */
export const SchoolProtocol = z.strictObject({
	type: z.literal('protocol'),
	v: z.literal(1),
	id: ProtocolId,
	schoolId: SchoolId,
	protocol: Protocol,
	texts: ProtocolTexts,
	madeBy: PersonId,
	madeAt: Instant,
});
export type SchoolProtocol = z.infer<typeof SchoolProtocol>;
