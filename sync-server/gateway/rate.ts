import type { FastifyRequest } from 'fastify';
import { sessionTokenIn } from './cookies.ts';

/** A device asks after each save and each poke; ten a second for a whole minute is no device of ours. */
export const perSession = {
	max: 600,
	timeWindow: '1 minute',
	// By session and not by address: a whole school comes from one.
	keyGenerator: (request: FastifyRequest) => sessionTokenIn(request) ?? request.ip,
};

/** A whole school signs in from one address on a Monday morning; what can be guessed has delays of its own. */
export const perSignIn = { max: 120, timeWindow: '1 minute' };
