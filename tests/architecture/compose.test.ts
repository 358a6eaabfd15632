import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';

const compose = readFileSync('compose.yaml', 'utf8');
const ignored = (file: string) => readFileSync(file, 'utf8').split('\n');

test('every image has one exact version', () => {
	const images = [...compose.matchAll(/^\s*(?:image: |FROM )(\S+)$/gm)].map(([, image]) => image);
	expect(images.filter((image) => image !== 'pleinwacht-server')).toEqual([
		expect.stringMatching(/^couchdb:3\.\d+\.\d+$/),
		expect.stringMatching(/^node:24\.\d+\.\d+-/),
	]);
});

test('nothing listens beyond loopback, and CouchDB nowhere outside its own network', () => {
	expect([...compose.matchAll(/^ {6}- (\S*:8080)$/gm)].map(([, port]) => port)).toEqual([
		'127.0.0.1:${PORT:-8080}:8080',
	]);
	expect(compose.match(/^ {4}ports:/gm)).toHaveLength(1);
	expect(compose.match(/internal: true/g)).toHaveLength(1);
	expect(compose.match(/healthcheck:/g)).toHaveLength(2);
});

test('what it sets is what the server reads, and secrets come from a file that is never committed nor copied', () => {
	const settings = [...compose.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name, value]) => [name, value] as const);
	const ofServer = settings.filter(([name]) => !/^COUCHDB_(USER|PASSWORD)$/.test(name ?? ''));
	expect(ofServer.map(([name]) => name)).toEqual([
		...['HOST', 'PORT', 'DATA_DIR', 'COUCHDB_URL', 'DEMO', 'TRUST_PROXY', 'PUBLIC_URL'],
		...['SMTP_URL', 'MAIL_FROM', 'WEBHOOK_URL', 'WEBHOOK_SECRET'],
	]);
	expect(readConfig({ COUCHDB_URL: 'http://a:b@couchdb:5984', DEMO: 'no', PORT: '8080' })).toMatchObject({
		demo: false,
	});
	expect(ignored('.gitignore')).toContain('.env');
	expect(ignored('.dockerignore')).toContain('.env');
	expect(compose).not.toMatch(/PASSWORD: [a-z0-9]/);
});
