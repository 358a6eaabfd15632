import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { StoreUnavailable } from '#server/store/unavailable.ts';

/** Every way a request can fail as a whole (RFC 9457). Nothing of the inside is told. */
const PROBLEMS = {
	badRequest: { status: 400, title: 'The request is not understood' },
	oldProtocol: { status: 426, title: 'This app is too old or too new for this server' },
	signedOut: { status: 401, title: 'Nobody is signed in' },
	revoked: { status: 401, title: 'The school signed this device out' },
	mustForget: { status: 401, title: 'The school asks this device to forget what it holds' },
	notYours: { status: 403, title: 'This is for the coordinator' },
	refused: { status: 403, title: 'Signing in was refused' },
	wait: { status: 429, title: 'Too many tries, try again later' },
	tooShort: { status: 422, title: 'The password is too short' },
	common: { status: 422, title: 'The password is easily guessed' },
	nameTaken: { status: 409, title: 'The sign-in name is in use' },
	wrongCurrent: { status: 403, title: 'The current password is not right' },
	signInAgain: { status: 403, title: 'This takes a fresh sign-in' },
	lastFactor: { status: 409, title: 'This is the last way to sign in' },
	notAllowed: { status: 403, title: 'This is not allowed' },
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

/** What whoever hosts a server wants to see coming: tries to get in, or to get at what is not theirs. */
const SECURITY_EVENTS: ReadonlySet<ProblemKind> = new Set([
	...(['refused', 'wait', 'wrongCurrent', 'revoked'] as const),
	...(['notAllowed', 'notYours', 'crossSite', 'tooMany'] as const),
]);

export class Problem extends Error {
	readonly kind: ProblemKind;
	/** When it makes sense to try again. */
	readonly retryAfterS: number | undefined;

	constructor(kind: ProblemKind, retryAfterS?: number) {
		super(PROBLEMS[kind].title);
		this.kind = kind;
		this.retryAfterS = retryAfterS;
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
		// Which kind and at which route, for no line of a log may say who.
		if (SECURITY_EVENTS.has(kind)) {
			request.log.warn({ problem: kind, method: request.method, route: request.routeOptions.url }, 'refused');
		}
		if (error instanceof Problem && error.retryAfterS) reply.header('retry-after', error.retryAfterS);
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
