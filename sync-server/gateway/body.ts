import type { FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import { Problem } from './problem.ts';

/** The body as this schema reads it. Schemas are strict: a field nobody asked for is a refusal, not a surprise. */
export function bodyOf<S extends z.ZodMiniType>(request: FastifyRequest, schema: S): z.infer<S> {
	const read = schema.safeParse(request.body);
	if (!read.success) throw new Problem('badRequest');
	return read.data;
}
