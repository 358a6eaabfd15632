import type { FastifyInstance } from 'fastify';
import {
	CalendarWish,
	MailWish,
	PushedDevice,
	PushWish,
	type CalendarAddress,
	type OutsideView,
} from '#domain/accounts/outside.ts';
import { dateOf, toLocalDateTime } from '#domain/time/local-time.ts';
import { deviceLabel } from '#server/accounts/device-label.ts';
import { calendarFeed } from '#server/notify/calendar-feed.ts';
import { dueAtSchool, dueFor } from '#server/notify/due-at-school.ts';
import { isPushService } from '#server/notify/push.ts';
import type { Schools } from '#server/schools.ts';
import { bodyOf } from './body.ts';
import { Problem } from './problem.ts';
import { perSignIn } from './rate.ts';
import { mustBeSignedIn, type SignedIn } from './who.ts';

const limited = { config: { rateLimit: perSignIn } };

/** What a person chooses to hear outside the app, and stops; and the calendar feed itself. */
export function outsideRoutes(app: FastifyInstance, schools: Schools, sendsMail: boolean): void {
	const { wishes, now } = schools;
	/** In a demo everybody is everybody: nobody leaves an address there that is not their own. */
	const takesMail = ({ school }: SignedIn) => sendsMail && !school.replica.school.demo;

	app.get('/api/outside', async (request): Promise<OutsideView> => {
		const who = await mustBeSignedIn(request, schools);
		const own = await wishes.find(who.session.personId);
		return {
			mail: takesMail(who) ? { address: own?.address ?? null } : null,
			push: {
				key: (await wishes.vapidKeys()).publicKey,
				devices: (own?.devices ?? []).map(({ id, label, addedAt }) => ({ id, label, addedAt })),
			},
			hasCalendar: own?.feed != null,
		};
	});

	app.post('/api/outside/mail', limited, async (request, reply) => {
		const { address, language } = bodyOf(request, MailWish);
		const who = await mustBeSignedIn(request, schools);
		if (!takesMail(who)) throw new Problem('notAllowed');
		await wishes.setMail(who.session, address, language);
		return reply.code(204).send();
	});

	app.post('/api/outside/push', limited, async (request): Promise<PushedDevice> => {
		const { subscription, language } = bodyOf(request, PushWish);
		const who = await mustBeSignedIn(request, schools);
		if (!isPushService(subscription.endpoint)) throw new Problem('notAllowed');
		const label = deviceLabel(request.headers['user-agent']);
		const device = { subscription, label, addedAt: now().getTime() };
		const { devices } = await wishes.addDevice(who.session, device, language);
		return { id: devices.at(-1)?.id ?? '' };
	});

	app.post('/api/outside/push/stop', limited, async (request, reply) => {
		const { id } = bodyOf(request, PushedDevice);
		const who = await mustBeSignedIn(request, schools);
		await wishes.dropDevice(who.session, id);
		return reply.code(204).send();
	});

	app.post('/api/outside/calendar', limited, async (request): Promise<CalendarAddress> => {
		const { language } = bodyOf(request, CalendarWish);
		const who = await mustBeSignedIn(request, schools);
		return { path: `/api/calendar/${await wishes.renewFeed(who.session, language)}.ics` };
	});

	app.post('/api/outside/calendar/stop', limited, async (request, reply) => {
		const who = await mustBeSignedIn(request, schools);
		await wishes.stopFeed(who.session);
		return reply.code(204).send();
	});

	/** A calendar app has no session: the address is the secret. A wrong one and a stopped one look the same. */
	app.get<{ Params: { file: string } }>('/api/calendar/:file', limited, async (request, reply) => {
		const token = /^([A-Za-z0-9_-]{32})\.ics$/.exec(request.params.file)?.[1];
		const own = token ? await wishes.whoseFeed(token) : undefined;
		const replica = own && schools.get(own.schoolId)?.replica;
		const person = replica?.find('person', own?.personId ?? '');
		if (!own || !replica || !person || person.hasLeft) throw new Problem('notFound');
		const today = dateOf(toLocalDateTime(now(), replica.school.zone));
		const origin = `${request.protocol}://${request.host}`;
		const due = dueFor(own.personId, dueAtSchool(replica, today));
		return reply
			.type('text/calendar; charset=utf-8')
			.header('content-disposition', 'inline; filename="pleinwacht.ics"')
			.send(calendarFeed(due, own.language, origin, now()));
	});
}
