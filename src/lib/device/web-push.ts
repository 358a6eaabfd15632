import { PushSubscription as SubscriptionForServer } from '#domain/accounts/outside.ts';
import { ok, refuse, type Result } from '#domain/result.ts';

export type PushProblem =
	/** This browser has no push messages, or not yet: on an iPhone the app must be installed first. */
	| { readonly kind: 'unsupported' }
	/** The person, or whoever manages the device, said no. */
	| { readonly kind: 'denied' }
	| { readonly kind: 'failed' };

/** Asks the person, and the browser's push service. In a browser that takes declarative messages no worker is needed. */
export async function subscribeToPush(serverKey: string): Promise<Result<SubscriptionForServer, PushProblem>> {
	const manager = await pushManager();
	if (!manager) return refuse({ kind: 'unsupported' });
	try {
		if ((await Notification.requestPermission()) !== 'granted') return refuse({ kind: 'denied' });
		const subscription = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey });
		const { endpoint, keys } = subscription.toJSON();
		const read = SubscriptionForServer.safeParse({ endpoint, keys });
		return read.success ? ok(read.data) : refuse({ kind: 'failed' });
	} catch {
		return refuse({ kind: 'failed' });
	}
}

/** This browser itself stops listening, whether or not the server can be reached. */
export async function unsubscribeFromPush(): Promise<void> {
	const subscription = await (await pushManager())?.getSubscription().catch(() => null);
	await subscription?.unsubscribe().catch(() => false);
}

async function pushManager(): Promise<PushManager | null> {
	if (!('Notification' in globalThis)) return null;
	const ofWindow = (globalThis as { pushManager?: PushManager }).pushManager;
	if (ofWindow) return ofWindow;
	if (!('serviceWorker' in navigator)) return null;
	const registration = await navigator.serviceWorker.getRegistration();
	return registration && 'pushManager' in registration ? registration.pushManager : null;
}
