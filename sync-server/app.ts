import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { appFiles } from './gateway/app-files.ts';
import { healthRoute } from './gateway/health.ts';
import { pokeRoute } from './gateway/poke.ts';
import { answerProblemsWithTheTable } from './gateway/problem.ts';
import { pullRoute } from './gateway/pull.ts';
import { pushRoute } from './gateway/push.ts';
import { rescueRoute } from './gateway/rescue.ts';
import { refuseOtherSites } from './gateway/same-origin.ts';
import { securityHeaders } from './gateway/security-headers.ts';
import { accountRoutes } from './gateway/account.ts';
import { breachRoutes } from './gateway/breaches.ts';
import { deviceRoutes } from './gateway/devices.ts';
import { lookRoutes } from './gateway/looks.ts';
import { outsideRoutes } from './gateway/outside.ts';
import { peopleRoutes } from './gateway/people.ts';
import { schoolAccountRoutes } from './gateway/school-account.ts';
import { sealingKeyRoute } from './gateway/sealing-key.ts';
import { secondFactorRoutes } from './gateway/second-factor.ts';
import { signInRoutes } from './gateway/sign-in.ts';
import { createPasskeys } from './accounts/passkeys.ts';
import { createSchoolAccount, type SchoolAccountSettings } from './accounts/school-account.ts';
import type { Clock } from './clock.ts';
import type { MailSettings } from './notify/mail.ts';
import type { Schools } from './schools.ts';

interface AppDeps {
	readonly schools: Schools;
	readonly now: Clock;
	readonly appDir: string;
	readonly logLevel: string;
	/** Standard output when left out. */
	readonly logTo?: { write(line: string): void };
	readonly trustProxy: boolean | string;
	/** Left out: people sign in with what they have here only. */
	readonly schoolAccount?: SchoolAccountSettings | undefined;
	/** Left out: this server sends no mail. */
	readonly mail?: MailSettings | undefined;
	/** Told of every route: who tests them all must miss none. */
	readonly onRoute?: (route: RouteOptions) => void;
}

/** What no route overrides: far more than signing in needs. */
const BODY_LIMIT = 16_000;

/** Fast beats small: a first sync waits for the compressor, and the network inside a school is not the limit. */
const ZLIB_LEVEL = 1;

/** Builds the gateway; listening is the caller's. Closing it ends open connections, not the schools. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
	const { schools, now, appDir, logLevel, logTo, trustProxy, schoolAccount } = deps;
	const app = Fastify({
		logger: { level: logLevel, serializers: { req: requestInLog }, ...(logTo && { stream: logTo }) },
		trustProxy,
		bodyLimit: BODY_LIMIT,
		// One document with an odd key must not hold up the rest of a push.
		onProtoPoisoning: 'remove',
		onConstructorPoisoning: 'remove',
		// Whoever is in the middle of a push gets its receipt.
		forceCloseConnections: 'idle',
	});
	if (deps.onRoute) app.addHook('onRoute', deps.onRoute);
	app.removeContentTypeParser('text/plain');
	answerProblemsWithTheTable(app);
	await app.register(cookie);
	// Who asks too often hears when to come back; everybody else need not hear how often they may.
	const silent = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };
	await app.register(rateLimit, { global: false, addHeaders: silent, addHeadersOnExceeding: silent });
	await app.register(compress, {
		globalDecompression: false,
		encodings: ['br', 'gzip'],
		zlibOptions: { level: ZLIB_LEVEL },
		brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: ZLIB_LEVEL } },
		customTypes: /^application\/(json|problem\+json|x-ndjson)/,
	});
	await securityHeaders(app, appDir);
	refuseOtherSites(app);
	app.addHook('onRequest', async (request, reply) => {
		if (/^\/(api|sync)\//.test(request.url)) reply.header('cache-control', 'no-store');
	});

	healthRoute(app, schools.host);
	const passkeys = createPasskeys(schools);
	signInRoutes(app, schools, schoolAccount?.name);
	secondFactorRoutes(app, schools, passkeys);
	accountRoutes(app, schools, passkeys);
	peopleRoutes(app, schools);
	deviceRoutes(app, schools);
	breachRoutes(app, schools);
	lookRoutes(app, schools);
	outsideRoutes(app, schools, deps.mail !== undefined);
	if (schoolAccount) schoolAccountRoutes(app, schools, createSchoolAccount(schoolAccount));
	sealingKeyRoute(app, schools);
	pushRoute(app, schools, now);
	pullRoute(app, schools);
	pokeRoute(app, schools);
	rescueRoute(app, schools, now);
	await appFiles(app, appDir);
	return app;
}

/** No address, no query, no cookie: a log is read by more people than a register of children. */
function requestInLog({ method, routeOptions }: { method: string; routeOptions?: { url?: string | undefined } }) {
	return { method, route: routeOptions?.url };
}
