import { createECDH, randomBytes } from 'node:crypto';
import ece from 'http_ece';
import ICAL from 'ical.js';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Case, FollowUp } from '#domain/cases/case.ts';
import { MS_PER_DAY, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { mailSender } from '#server/notify/mail.ts';
import { startOutside, tellMorning, tellRed, type Channels } from '#server/notify/outside.ts';
import { isPushService, pushSender, type PushMessage } from '#server/notify/push.ts';
import { webhookSender } from '#server/notify/webhook.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { aRoster, anId, anObservation } from '#tests/factories/school.ts';
import { startMailServer } from './mail-server.ts';
import { startRealSchool, type Browser, type RealSchool } from './real-school.ts';
import { NOON } from './running-school.ts';

const ORIGIN = 'https://pleinwacht.example';
const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
/** Everything that must never stand outside the app. */
const NAMES = aRoster().flatMap((doc) => (doc.type === 'pupil' ? [doc.firstName, doc.lastName] : []));

const aCase: Case = {
	...{ type: 'case', v: 1, id: anId('case', 1), schoolId: anId('school', 1), protocol: 'fiveB' },
	...{ pupils: [{ pupilId: anId('pupil', 1), role: 'victim' }], incidentIds: [], openedBy: anId('person', 2) },
	...{ openedAt: '2026-03-02T09:00:00.000Z' as Instant, memberIds: [anId('person', 2)] },
};
const aFollowUp = (n: number, plannedOn: string): FollowUp => ({
	...{ type: 'followUp', v: 1, id: anId('followUp', n), schoolId: anId('school', 1), caseId: aCase.id, turn: 1 },
	...{ about: { pupilId: anId('pupil', 1), role: 'victim' }, plannedOn: plannedOn as LocalDate },
	...{ ownerId: anId('person', 2), setBy: anId('person', 2), setAt: aCase.openedAt },
});

let mailServer: Awaited<ReturnType<typeof startMailServer>>;
let school: RealSchool;
let teacher: Browser;
let pushed: PushMessage[];
let channels: Channels;

beforeEach(async () => {
	mailServer = await startMailServer();
	const settings = { url: mailServer.url, from: 'pleinwacht@school.example' };
	// One look back whose week is this week, one that comes next week.
	school = await startRealSchool([aCase, aFollowUp(1, '2026-03-09'), aFollowUp(2, '2026-03-16')], undefined, settings);
	teacher = school.browser();
	await teacher.post('/api/sign-in', { code: await school.codeFor(2) });
	pushed = [];
	channels = {
		origin: ORIGIN,
		mail: mailSender(settings),
		push: (_to, message) => (pushed.push(message), Promise.resolve('sent')),
	};
});
afterEach(async () => {
	await school.stop();
	await mailServer.stop();
});

const tell = (with_: Channels = channels) =>
	tellMorning(school.school, school.schools.wishes, with_, school.schools.now());
const expectNoNames = (text: string) => {
	for (const name of NAMES) expect(text).not.toContain(name);
};
const wantMail = (address: string | null = 'youssef@school.example', language = 'nl') =>
	teacher.post('/api/outside/mail', { address, language });

/** A browser that subscribed to push: it alone can read what is sent to it. */
function aBrowserThatListens() {
	const ecdh = createECDH('prime256v1');
	const p256dh = ecdh.generateKeys('base64url');
	const auth = randomBytes(16).toString('base64url');
	const endpoint = 'https://fcm.googleapis.com/fcm/send/abc';
	return {
		subscription: { endpoint, keys: { p256dh, auth } },
		read: (body: Uint8Array) =>
			JSON.parse(
				ece.decrypt(Buffer.from(body), { version: 'aes128gcm', privateKey: ecdh, authSecret: auth }).toString(),
			) as unknown,
	};
}

test('the morning mail says how much there is, once a day, and not a name', async () => {
	expect((await wantMail()).statusCode).toBe(204);
	await tell();
	await tell();
	expect(mailServer.taken).toHaveLength(1);
	const [mail] = mailServer.taken;
	expect(mail?.to).toEqual(['youssef@school.example']);
	expect(mail?.source).toContain('Subject: Pleinwacht: 1 taak voor jou');
	expect(mail?.source).toContain('https://pleinwacht.example/reminders');
	expect(mail?.source).toMatch(/auto-submitted: auto-generated/i);
	expectNoNames(mail?.source ?? '');
});

test('nothing is told again until something changed, on days without school, or outside the morning', async () => {
	await wantMail('youssef@school.example', 'en');
	await tell();
	school.passTime(MS_PER_DAY);
	await tell();
	expect(mailServer.taken).toHaveLength(1);
	// Saturday; then Monday, when the second look back begins.
	school.passTime(4 * MS_PER_DAY);
	await tell();
	expect(mailServer.taken).toHaveLength(1);
	school.passTime(2 * MS_PER_DAY);
	school.passTime(-9 * 60 * 60 * 1000);
	await tell();
	expect(mailServer.taken).toHaveLength(1);
	school.passTime(9 * 60 * 60 * 1000);
	await tell();
	expect(mailServer.taken[1]?.source).toContain('Subject: Pleinwacht: 2 tasks for you');
});

test('stopped is stopped, and who left is told nothing', async () => {
	await wantMail();
	expect((await teacher.get('/api/outside')).json()).toMatchObject({ mail: { address: 'youssef@school.example' } });
	await wantMail(null);
	await tell();
	expect(mailServer.taken).toEqual([]);
	await wantMail();
	await school.schools.wishes.forget(anId('person', 2));
	await tell();
	expect(mailServer.taken).toEqual([]);
});

test('a mail server that is away gets it later; cut off before it was noted, it comes again under the same id', async () => {
	await wantMail();
	mailServer.refuse(true);
	await expect(tell()).rejects.toThrow();
	mailServer.refuse(false);
	const dying = { ...school.schools.wishes, noteTold: () => Promise.reject(new Error('killed')) };
	await expect(tellMorning(school.school, dying, channels, school.schools.now())).rejects.toThrow('killed');
	await tell();
	await tell();
	const ids = mailServer.taken.map(({ source }) => /^Message-ID: (.*)$/im.exec(source)?.[1]);
	expect(ids).toHaveLength(2);
	expect(new Set(ids).size).toBe(1);
});

test('an address that is none, and an address in a demo, are refused', async () => {
	expect((await wantMail('youssef')).statusCode).toBe(400);
	expect((await school.browser().post('/api/outside/mail', { address: null, language: 'nl' })).statusCode).toBe(401);
});

test('a push is sealed to the browser, signed by our own key, and says how many, not who', async () => {
	const listening = aBrowserThatListens();
	const keys = await school.schools.wishes.vapidKeys();
	expect(await school.schools.wishes.vapidKeys()).toMatchObject(keys);
	const answer = await teacher.post('/api/outside/push', { subscription: listening.subscription, language: 'nl' });
	expect(answer.statusCode).toBe(200);
	const requests: { url: string; headers: Headers; body: Uint8Array }[] = [];
	const push = pushSender(keys, ORIGIN, (url, init) => {
		requests.push({ url: url as string, headers: new Headers(init?.headers), body: init?.body as Uint8Array });
		return Promise.resolve(new Response(null, { status: 201 }));
	});
	await tell({ ...channels, push });
	await tell({ ...channels, push });
	expect(requests).toHaveLength(1);
	const [request] = requests;
	expect(request?.headers.get('authorization')).toContain(`k=${keys.publicKey}`);
	expect(request?.headers.get('topic')).toBe('summary');
	const message = listening.read(request?.body ?? new Uint8Array());
	expect(message).toEqual({
		web_push: 8030,
		notification: {
			title: 'Pleinwacht: 1 taak voor jou',
			body: '1 taak voor deze dagen',
			...{ lang: 'nl', tag: 'summary', navigate: `${ORIGIN}/reminders` },
		},
		app_badge: '1',
	});
	expectNoNames(JSON.stringify(message));
});

test('a browser that unsubscribed is forgotten; one that is stopped hears nothing', async () => {
	const { subscription } = aBrowserThatListens();
	const want = () => teacher.post('/api/outside/push', { subscription, language: 'nl' });
	await want();
	await tell({ ...channels, push: () => Promise.resolve('gone') });
	expect((await teacher.get('/api/outside')).json()).toMatchObject({ push: { devices: [] } });
	const { id } = (await want()).json<{ id: string }>();
	await teacher.post('/api/outside/push/stop', { id });
	school.passTime(7 * MS_PER_DAY);
	await tell();
	expect(pushed).toEqual([]);
});

test('this server calls push services only, whatever address a device gives', async () => {
	for (const endpoint of [
		'https://fcm.googleapis.com/x',
		'https://updates.push.services.mozilla.com/wpush/v2/x',
		'https://web.push.apple.com/x',
	])
		expect(isPushService(endpoint)).toBe(true);
	for (const endpoint of [
		'http://fcm.googleapis.com/x',
		'https://fcm.googleapis.com:8443/x',
		'https://evilfcm.googleapis.com.example/x',
		'https://127.0.0.1/x',
	]) {
		expect(isPushService(endpoint)).toBe(false);
		const subscription = { ...aBrowserThatListens().subscription, endpoint };
		const answer = await teacher.post('/api/outside/push', { subscription, language: 'nl' });
		expect(answer.statusCode).toBe(403);
	}
});

test('the calendar feed holds each task over its window, opens by its own address, and is revoked by a new one', async () => {
	const { path } = (await teacher.post('/api/outside/calendar', { language: 'nl' })).json<{ path: string }>();
	const stranger = school.browser();
	const feed = await stranger.get(path);
	expect(feed.headers['content-type']).toBe('text/calendar; charset=utf-8');
	const calendar = new ICAL.Component(ICAL.parse(feed.body) as unknown[]);
	const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
	expect(
		events.map(({ uid, summary, startDate, endDate }) => [uid, summary, startDate.toString(), endDate.toString()]),
	).toEqual([
		[`rem_${aFollowUp(1, '').id.slice(4)}`, 'Pleinwacht: een taak', '2026-03-09', '2026-03-14'],
		[`rem_${aFollowUp(2, '').id.slice(4)}`, 'Pleinwacht: een taak', '2026-03-16', '2026-03-21'],
	]);
	expectNoNames(feed.body);
	const next = (await teacher.post('/api/outside/calendar', { language: 'en' })).json<{ path: string }>();
	expect((await stranger.get(path)).statusCode).toBe(404);
	expect((await stranger.get(next.path)).body).toContain('Pleinwacht: your tasks');
	await teacher.post('/api/outside/calendar/stop');
	expect((await stranger.get(next.path)).statusCode).toBe(404);
	expect((await stranger.get('/api/calendar/x.ics')).statusCode).toBe(404);
	expect(school.log.join('')).not.toContain(path.split('/').at(-1)?.slice(0, 32));
});

test('a webhook is signed, says numbers only, and comes once a day', async () => {
	const sent: { headers: Record<string, string>; body: string }[] = [];
	const webhook = webhookSender({ url: 'https://system.example/hook', secret: SECRET }, (_url, init) => {
		sent.push({ headers: Object.fromEntries(new Headers(init?.headers)), body: init?.body as string });
		return Promise.resolve(new Response(null, { status: 202 }));
	});
	await tell({ ...channels, webhook });
	await tell({ ...channels, webhook });
	expect(sent).toHaveLength(1);
	const [{ headers, body } = { headers: {}, body: '' }] = sent;
	expectNoNames(body);
	expect(JSON.parse(body)).toEqual({
		type: 'reminders.due',
		timestamp: NOON,
		data: { schoolId: anId('school', 1), day: '2026-03-09', now: 1, overdue: 0 },
	});
	// The library takes no message of more than five minutes ago: this one is signed anew for today.
	const at = new Date();
	const today: Record<string, string> = { ...headers, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)) };
	const signer = new Webhook(SECRET);
	expect(headers['webhook-signature']).toBe(signer.sign(headers['webhook-id'] ?? '', new Date(NOON), body));
	const verify = () => signer.verify(body, today);
	expect(verify).toThrow();
	today['webhook-signature'] = signer.sign(headers['webhook-id'] ?? '', at, body);
	expect(verify).not.toThrow();
});

test('a red observation reaches its coordinators at once, also in the evening, once, and nobody else', async () => {
	const { subscription } = aBrowserThatListens();
	for (const person of [2, 3]) {
		const identity = { personId: anId('person', person), schoolId: anId('school', 1) };
		await school.schools.wishes.addDevice(identity, { subscription, label: '', addedAt: 0 }, 'nl');
	}
	const doc = anObservation(1, { basket: 'red' });
	const arrival = { receivedAt: NOON as Instant, authorId: null, deviceId: null, seq: null };
	const record = envelopeOf(doc, { rev: contentRevision(doc), ...arrival });
	await school.school.replica.write([{ record, expectedRev: null }]);
	school.passTime(8 * 60 * 60 * 1000);
	const now = () => school.schools.now();
	const outside = await startOutside(
		school.school,
		school.schools.wishes,
		channels,
		now,
		(error) => {
			throw error;
		},
		() => true,
	);
	await outside.stop();
	await tellRed(school.school, school.schools.wishes, channels, now());
	expect(pushed).toMatchObject([{ path: '/inbox', urgent: true, topic: 'red' }]);
	expectNoNames(JSON.stringify(pushed));
});
