import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { StoreUnavailable } from '#server/store/unavailable.ts';

/** Every way a request can fail as a whole (RFC 9457). Nothing of the inside is told. */
const PROBLEMS = {
	badRequest: { status: 400, title: 'The request is not understood' },
	oldProtocol: { status: 426, title: 'This app is too old or too new for this server' },
	signedOut: { status: 401, title: 'Nobody is signed in' },
	refused: { status: 403, title: 'Signing in was refused' },
	crossSite: { status: 403, title: 'The request comes from another site' },
	notFound: { status: 404, title: 'There is nothing here' },
	tooLarge: { status: 413, title: 'The request is too large' },
	wrongMediaType: { status: 415, title: 'The request must be JSON' },
	tooMany: { status: 429, title: 'Too many requests, try again later' },
	unavailable: { status: 503, title: 'The server cannot reach its store, try again later' },
	fault: { status: 500, title: 'The server failed' },
} as const;

/** A node that restarts is back by then; devices wait longer each time anyway. */
const RETRY_AFTER_S = 5;

type ProblemKind = keyof typeof PROBLEMS;

export class Problem extends Error {
	readonly kind: ProblemKind;

	constructor(kind: ProblemKind) {
		super(PROBLEMS[kind].title);
		this.kind = kind;
	}
}

export function answerProblemsWithTheTable(app: FastifyInstance): void {
	app.setErrorHandler((error: FastifyError | Problem | StoreUnavailable, request, reply) => {
		const kind = kindOf(error);
		// The message of an unexpected error may carry what was in a document: its name and place say enough.
		if (kind === 'fault') request.log.error({ fault: error.name, at: error.stack?.split('\n')[1]?.trim() }, 'fault');
		if (kind === 'unavailable') {
			request.log.warn({ fault: error.message }, 'store unavailable');
			reply.header('retry-after', RETRY_AFTER_S);
		}
		return sendProblem(reply, kind);
	});
}

export function sendProblem(reply: FastifyReply, kind: ProblemKind): FastifyReply {
	const { status, title } = PROBLEMS[kind];
	return reply
		.code(status)
		.type('application/problem+json')
		.send(JSON.stringify({ type: `problem:${kind}`, title, status }));
}

function kindOf(error: FastifyError | Problem | StoreUnavailable): ProblemKind {
	if (error instanceof Problem) return error.kind;
	if (error instanceof StoreUnavailable) return 'unavailable';
	const status = error.statusCode ?? 500;
	if (status === 413) return 'tooLarge';
	if (status === 415) return 'wrongMediaType';
	if (status === 429) return 'tooMany';
	if (status === 404) return 'notFound';
	return status < 500 ? 'badRequest' : 'fault';
}
