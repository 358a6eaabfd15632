import webPush from 'web-push';
import type { Language, PushSubscription } from '#domain/accounts/outside.ts';
import type { VapidKeys } from './wishes.ts';

/**
 * Declarative Web Push: a browser that knows it shows this without waking the app; any other hands it to the service
 * worker, which reads the same fields. https://www.w3.org/TR/push-api/ and WebKit's explainer.
 */
export interface PushMessage {
	readonly title: string;
	readonly body: string;
	readonly language: Language;
	/** Path to open. */
	readonly path: string;
	/** For the app's badge; left out: as it is. */
	readonly waiting?: number;
	/** A later message under the same topic takes the place of one that was not delivered yet. */
	readonly topic: string;
	readonly urgent?: boolean;
}

/** `gone`: that browser unsubscribed, and will not come back under this address. */
export type PushOutcome = 'sent' | 'gone';

export type SendPush = (subscription: PushSubscription, message: PushMessage) => Promise<PushOutcome>;

/** The number that marks a message as declarative (RFC 8030). */
const DECLARATIVE = 8030;
/** Yesterday's summary is worth nothing. */
const LIFE_S = 12 * 60 * 60;
const TIMEOUT_MS = 20_000;

/**
 * The push services of the browsers there are. The address comes from a device, and this server calls it: without a list
 * anybody who can sign in could have it call any machine it can reach.
 */
const PUSH_SERVICES = [
	'fcm.googleapis.com',
	'updates.push.services.mozilla.com',
	'push.apple.com',
	'notify.windows.com',
];

export function isPushService(endpoint: string): boolean {
	const { protocol, hostname, port } = new URL(endpoint);
	const known = PUSH_SERVICES.some((service) => hostname === service || hostname.endsWith(`.${service}`));
	return protocol === 'https:' && port === '' && known;
}

/** `origin` is where people open the app; it tells the push service whom to write to. */
export function pushSender(keys: VapidKeys, origin: string, request: typeof fetch = fetch): SendPush {
	return async (subscription, message) => {
		const details = webPush.generateRequestDetails(subscription, JSON.stringify(payloadOf(message, origin)), {
			vapidDetails: { subject: subjectOf(origin), ...keys },
			TTL: LIFE_S,
			urgency: message.urgent ? 'high' : 'normal',
			topic: message.topic,
			contentEncoding: 'aes128gcm',
		});
		const answer = await request(details.endpoint, {
			method: details.method,
			headers: Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)])),
			body: new Uint8Array(details.body ?? []),
			redirect: 'error',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		if (answer.status === 404 || answer.status === 410) return 'gone';
		if (!answer.ok) throw new Error(`A push service answered ${answer.status}`);
		return 'sent';
	};
}

function payloadOf({ title, body, language, path, waiting, topic }: PushMessage, origin: string) {
	return {
		web_push: DECLARATIVE,
		notification: { title, body, lang: language, tag: topic, navigate: new URL(path, origin).href },
		...(waiting !== undefined && { app_badge: String(waiting) }),
	};
}

/** A push service takes an https or mailto address only; on a machine of one's own there is neither. */
function subjectOf(origin: string): string {
	return origin.startsWith('https:') ? origin : 'mailto:pleinwacht@localhost';
}
