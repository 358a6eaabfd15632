import { Webhook } from 'standardwebhooks';
import type { SchoolId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { TaskCounts } from './words.ts';

export interface WebhookSettings {
	readonly url: string;
	/** `whsec_` and 24 to 64 bytes in base 64. */
	readonly secret: string;
}

/** What another system of the school hears: numbers and ids, no person and no child. */
export type WebhookEvent =
	| {
			readonly type: 'reminders.due';
			readonly data: { readonly schoolId: SchoolId; readonly day: LocalDate } & TaskCounts;
	  }
	| { readonly type: 'observation.red'; readonly data: { readonly schoolId: SchoolId } };

/** `id` is the same when it is sent again: who receives it can tell. */
export type SendWebhook = (id: string, event: WebhookEvent, at: Date) => Promise<void>;

const TIMEOUT_MS = 15_000;

/** Signed by Standard Webhooks: https://www.standardwebhooks.com */
export function webhookSender({ url, secret }: WebhookSettings, request: typeof fetch = fetch): SendWebhook {
	const signer = new Webhook(secret);
	return async (id, { type, data }, at) => {
		const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
		const answer = await request(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'webhook-id': id,
				'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
				'webhook-signature': signer.sign(id, at, body),
			},
			body,
			redirect: 'error',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		if (!answer.ok) throw new Error(`The webhook answered ${answer.status}`);
	};
}
