/// <reference lib="esnext" />
/// <reference lib="webworker" />

/** What the server sends (`sync-server/notify/push.ts`): a declarative message, which this reads for browsers that cannot. */
interface Message {
	readonly notification?: {
		readonly title?: string;
		readonly body?: string;
		readonly lang?: string;
		readonly tag?: string;
		readonly navigate?: string;
	};
	readonly app_badge?: string;
}

/** A browser takes the right to push away from who stays silent: a message nobody can read is shown without words. */
const NO_WORDS = 'Pleinwacht';
const HOME = '/reminders';

/** Shows push messages, and opens the app where they lead. Holds no data: a message says how many, never who. */
export function listenForPush(worker: ServiceWorkerGlobalScope): void {
	worker.addEventListener('push', (event) => event.waitUntil(show(worker, readMessage(event.data))));
	worker.addEventListener('notificationclick', (event) => {
		event.notification.close();
		const { path } = (event.notification.data ?? {}) as { path?: unknown };
		event.waitUntil(openAt(worker, typeof path === 'string' ? path : HOME));
	});
}

function readMessage(data: PushMessageData | null): Message {
	try {
		return (data?.json() as Message | null) ?? {};
	} catch {
		return {};
	}
}

async function show({ registration, navigator, location }: ServiceWorkerGlobalScope, message: Message): Promise<void> {
	const { notification: shown = {}, app_badge: badge } = message;
	const { title = NO_WORDS, body = '', lang = 'nl', tag = 'summary', navigate = HOME } = shown;
	// Only into the app itself, whatever a message says.
	const { origin, pathname } = new URL(navigate, location.origin);
	const path = origin === location.origin ? pathname : HOME;
	await registration.showNotification(title, { body, lang, tag, icon: '/icon-192.png', data: { path } });
	if (badge !== undefined) await navigator.setAppBadge?.(Number(badge) || 0).catch(() => undefined);
}

async function openAt({ clients, location }: ServiceWorkerGlobalScope, path: string): Promise<void> {
	const [open] = await clients.matchAll({ type: 'window' });
	if (!open) return void (await clients.openWindow(new URL(path, location.origin)));
	await open.focus();
	await open.navigate(path).catch(() => null);
}
