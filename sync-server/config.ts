import * as z from 'zod';
import type { SchoolAccountSettings } from './accounts/school-account.ts';
import type { MailSettings } from './notify/mail.ts';
import type { WebhookSettings } from './notify/webhook.ts';
import { StartUpProblem } from './start-up-problem.ts';

/** Every setting, read from the environment once. The messages are for the person who hosts it. */
const Environment = z.object({
	PORT: z.coerce
		.number('must be a number such as 8080')
		.int('must be a whole number such as 8080')
		.min(0, 'must be between 0 and 65535 (0: any free port)')
		.max(65_535, 'must be between 0 and 65535 (0: any free port)')
		.default(8080),
	HOST: z.string().min(1, 'must be an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
	DATA_DIR: z.string().min(1, 'must be a folder').default('./data'),
	COUCHDB_URL: z.url({ protocol: /^https?$/, error: 'must be like http://user:password@127.0.0.1:5984' }).optional(),
	APP_DIR: z.string().min(1, 'must be the folder of the built app').default('build'),
	LOG_LEVEL: z
		.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug'], 'must be silent, fatal, error, warn, info or debug')
		.default('warn'),
	/** A store without a school gets one of invented children. */
	DEMO: z
		.enum(['yes', 'no'], 'must be yes or no')
		.default('yes')
		.transform((word) => word === 'yes'),
	/** Behind a reverse proxy: whose `X-Forwarded-*` to believe. */
	TRUST_PROXY: z
		.string()
		.regex(/^(no|loopback|[0-9a-f.:/,]+)$/i, 'must be no, loopback, or addresses such as 10.0.0.0/8')
		.default('no')
		.transform((value) => (value === 'no' ? false : value)),
	/** What a fresh, real school is called; it can be changed later. */
	SCHOOL_NAME: z.string().max(80, 'has 80 characters at most').default('Mijn school'),
	/** Where browsers find this server, when that is not the address it listens on. */
	PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be like https://pleinwacht.example' }).optional(),
	/** The school's own sign-in by OpenID Connect. */
	OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be like https://login.example' }).optional(),
	OIDC_CLIENT_ID: z.string().optional(),
	OIDC_CLIENT_SECRET: z.string().optional(),
	/** The mail server that takes the morning summary. */
	SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be like smtps://user:password@mail.example:465' }).optional(),
	MAIL_FROM: z
		.string()
		.max(200, 'has 200 characters at most')
		.regex(/@/, 'must be an address such as pleinwacht@school.example')
		.optional(),
	/** Another system of the school that hears of it; signed with a secret both know. */
	WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'must be like https://system.example/pleinwacht' }).optional(),
	WEBHOOK_SECRET: z
		.string()
		.regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and 24 to 64 random bytes in base 64')
		.optional(),
	OIDC_NAME: z.string().max(40, 'has 40 characters at most').default('schoolaccount'),
});

export type Config = ReturnType<typeof readConfig>;

/** Throws a `StartUpProblem` that names what is wrong and what it must be. An empty value counts as not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>) {
	const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
	const read = Environment.safeParse(given);
	if (!read.success) {
		const problems = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
		throw new StartUpProblem(`Wrong setting: ${problems.join('; ')}.`);
	}
	const { PORT, HOST, DATA_DIR, COUCHDB_URL, APP_DIR, LOG_LEVEL, DEMO, TRUST_PROXY, SCHOOL_NAME, PUBLIC_URL } =
		read.data;
	return {
		port: PORT,
		host: HOST,
		dataDir: DATA_DIR,
		couchdbUrl: COUCHDB_URL,
		appDir: APP_DIR,
		logLevel: LOG_LEVEL,
		demo: DEMO,
		trustProxy: TRUST_PROXY,
		schoolName: SCHOOL_NAME,
		publicUrl: PUBLIC_URL,
		schoolAccount: schoolAccountIn(read.data),
		mail: mailIn(read.data),
		webhook: webhookIn(read.data),
	};
}

/** A mail says where to go on, so it needs to know where that is. */
function mailIn({ SMTP_URL: url, MAIL_FROM: from, PUBLIC_URL }: z.infer<typeof Environment>): MailSettings | undefined {
	if (!url) return undefined;
	if (!from || !PUBLIC_URL) throw new StartUpProblem('Wrong setting: SMTP_URL needs MAIL_FROM and PUBLIC_URL too.');
	return { url, from };
}

function webhookIn({
	WEBHOOK_URL: url,
	WEBHOOK_SECRET: secret,
}: z.infer<typeof Environment>): WebhookSettings | undefined {
	if (!url) return undefined;
	if (!secret) throw new StartUpProblem('Wrong setting: WEBHOOK_URL needs WEBHOOK_SECRET too.');
	return { url, secret };
}

function schoolAccountIn(settings: z.infer<typeof Environment>): SchoolAccountSettings | undefined {
	const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
	const { OIDC_NAME: name, PUBLIC_URL: publicUrl } = settings;
	if (!issuer) return undefined;
	if (!clientId || !clientSecret || !publicUrl) {
		throw new StartUpProblem('Wrong setting: OIDC_ISSUER needs OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL too.');
	}
	return { issuer, clientId, clientSecret, name, publicUrl };
}
