/// <reference types="@sveltejs/kit" />
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/**
 * Keeps the app itself, so that it opens without a network from the first visit on. Never data: requests to
 * `/api` and `/sync` do not even pass through here. And sends what was left unsent when the last page was closed.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { build, files, version } from '$service-worker';
import { listenForPush } from './push.ts';
import { listenForSync } from './send-unsent.ts';

declare const self: ServiceWorkerGlobalScope;

/** The page behind every address; the build lists it nowhere. */
const PAGE = '/index.html';

const NEVER_A_PAGE = [/^\/(api|sync|_app)(\/|$)/];

precacheAndRoute([
	// Named after their contents: the same name is the same file.
	...build.map((url) => ({ url, revision: null })),
	...files.map((url) => ({ url, revision: version })),
	{ url: PAGE, revision: version },
]);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL(PAGE), { denylist: NEVER_A_PAGE }));

// The page that installed it is served from here at once: the network may be gone before the next visit.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

listenForPush(self);
listenForSync(self);

// An update waits until the person says so; see `device/app-update.svelte.ts`.
self.addEventListener('message', (event) => {
	if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
