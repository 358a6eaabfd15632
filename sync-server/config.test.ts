import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { StartUpProblem } from './start-up-problem.ts';

test('without any setting it listens on this machine only, with an embedded store and a demo', () => {
	expect(readConfig({})).toEqual({
		port: 8080,
		host: '127.0.0.1',
		dataDir: './data',
		couchdbUrl: undefined,
		appDir: 'build',
		logLevel: 'warn',
		demo: true,
		trustProxy: false,
		schoolName: 'Mijn school',
		publicUrl: undefined,
		schoolAccount: undefined,
		mail: undefined,
		webhook: undefined,
	});
});

test('what is set is taken over, and an empty setting is none', () => {
	const env = { PORT: '9000', DEMO: 'no', TRUST_PROXY: '10.0.0.0/8', COUCHDB_URL: 'http://a:b@couch:5984', HOST: '' };
	expect(readConfig(env)).toMatchObject({
		port: 9000,
		host: '127.0.0.1',
		demo: false,
		trustProxy: '10.0.0.0/8',
		couchdbUrl: 'http://a:b@couch:5984',
	});
});

test.each([
	['PORT', 'http', 'a number'],
	['PORT', '80.5', 'a whole number'],
	['PORT', '70000', 'between 0 and 65535'],
	['COUCHDB_URL', 'couch', 'http://user:password@127.0.0.1:5984'],
	['COUCHDB_URL', 'file:///tmp', 'http://user:password@127.0.0.1:5984'],
	['LOG_LEVEL', 'loud', 'silent, fatal, error'],
	['DEMO', 'maybe', 'yes or no'],
	['TRUST_PROXY', 'everybody', 'loopback'],
	['SMTP_URL', 'mail.example', 'smtps://user:password'],
	['MAIL_FROM', 'Pleinwacht', 'an address'],
	['WEBHOOK_URL', 'ftp://system.example', 'https://system.example'],
	['WEBHOOK_SECRET', 'geheim', 'whsec_ and 24 to 64'],
])('%s=%s is refused by name, with what it must be', (name, value, mustBe) => {
	const read = () => readConfig({ [name]: value });
	expect(read).toThrow(StartUpProblem);
	expect(read).toThrow(new RegExp(`^Wrong setting: ${name} .*${mustBe}`));
});

test('the school’s own sign-in needs all that belongs to it', () => {
	const all = {
		OIDC_ISSUER: 'https://login.example',
		OIDC_CLIENT_ID: 'pleinwacht',
		OIDC_CLIENT_SECRET: 'geheim',
		PUBLIC_URL: 'https://pleinwacht.example',
	};
	expect(readConfig(all).schoolAccount).toMatchObject({ issuer: 'https://login.example', name: 'schoolaccount' });
	for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL']) {
		expect(() => readConfig({ ...all, [name]: '' })).toThrow(/^Wrong setting: OIDC_ISSUER needs /);
	}
});

test('mail and webhooks need all that belongs to them', () => {
	const mail = {
		SMTP_URL: 'smtp://127.0.0.1:25',
		MAIL_FROM: 'pleinwacht@school.example',
		PUBLIC_URL: 'https://a.example',
	};
	expect(readConfig(mail).mail).toEqual({ url: 'smtp://127.0.0.1:25', from: 'pleinwacht@school.example' });
	for (const name of ['MAIL_FROM', 'PUBLIC_URL'])
		expect(() => readConfig({ ...mail, [name]: '' })).toThrow(/^Wrong setting: SMTP_URL needs /);
	const hook = { WEBHOOK_URL: 'https://a.example/hook', WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}` };
	expect(readConfig(hook).webhook?.url).toBe('https://a.example/hook');
	expect(() => readConfig({ ...hook, WEBHOOK_SECRET: '' })).toThrow(/^Wrong setting: WEBHOOK_URL needs /);
});
