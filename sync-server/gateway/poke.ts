import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { mustBeSignedIn, whoAsks } from './who.ts';

/** Proxies cut a silent connection after a minute. */
const HEARTBEAT_MS = 25_000;

/** Changes come in bursts: one poke for all that happens within this time. */
const GATHER_MS = 250;

/** Tells devices that a pull may bring something. It carries no data, not even what changed. */
export function pokeRoute(app: FastifyInstance, schools: Schools): void {
	const endings = new Set<() => void>();
	app.addHook('preClose', async () => endings.forEach((end) => end()));

	app.get('/sync/poke', async (request, reply) => {
		const { live, session, school } = await mustBeSignedIn(request, schools);
		reply.hijack();
		const { raw } = reply;
		raw.writeHead(200, {
			...(reply.getHeaders() as OutgoingHttpHeaders),
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no',
		});
		raw.write(': hello\n\n');

		const poke = () => raw.write('event: poke\ndata:\n\n');
		const stopListening = onVisibleChange(school, () => school.replica.viewFor(session).digest().root(), poke);
		const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS);
		async function beat() {
			// A session that ran out or was ended by another server, or whose rights changed, must start anew.
			const now = await whoAsks(request, schools).catch(() => undefined);
			if (!now || JSON.stringify(now.session) !== JSON.stringify(session)) return over();
			raw.write(': here\n\n');
		}
		const stopWaiting = schools.accounts.onSessionEnd((id) => id === live.id && over());
		/** The device hears why at its next request: better at once than in some minutes. */
		function over() {
			poke();
			end();
		}
		function end() {
			clearInterval(heartbeat);
			stopListening();
			stopWaiting();
			endings.delete(end);
			raw.end();
		}
		endings.add(end);
		raw.on('close', end);
	});
}

/** Calls back when what this reader may see has become another set; somebody else's news stays unheard. */
function onVisibleChange({ replica }: OpenSchool, rootNow: () => string, onChange: () => void): () => void {
	let root = rootNow();
	let timer: NodeJS.Timeout | undefined;
	const stop = replica.onChange(() => {
		timer ??= setTimeout(() => {
			timer = undefined;
			const next = rootNow();
			if (next === root) return;
			root = next;
			onChange();
		}, GATHER_MS);
	});
	return () => {
		clearTimeout(timer);
		stop();
	};
}
