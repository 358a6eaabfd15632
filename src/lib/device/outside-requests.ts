import * as z from 'zod/mini';
import {
	CalendarAddress,
	OutsideView,
	PushedDevice,
	type Language,
	type PushSubscription,
} from '#domain/accounts/outside.ts';
import { get, post, type Answer } from './ask-server.ts';

const Nothing = z.unknown();

/** What I hear outside the app: asked of the server, for it is the server that tells. */
export const outsideRequests = {
	read: (): Answer<OutsideView> => get('/api/outside', OutsideView),
	setMail: (address: string | null, language: Language): Answer<unknown> =>
		post('/api/outside/mail', { address, language }, Nothing),
	addPush: (subscription: PushSubscription, language: Language): Answer<PushedDevice> =>
		post('/api/outside/push', { subscription, language }, PushedDevice),
	stopPush: (id: string): Answer<unknown> => post('/api/outside/push/stop', { id }, Nothing),
	renewCalendar: (language: Language): Answer<CalendarAddress> =>
		post('/api/outside/calendar', { language }, CalendarAddress),
	stopCalendar: (): Answer<unknown> => post('/api/outside/calendar/stop', {}, Nothing),
};
