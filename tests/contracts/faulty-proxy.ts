import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What happens to one request on its way. `lostAfter`: carried out, but the answer never comes. */
export type Fault = 'none' | 'lostBefore' | 'lostAfter' | 'cutAnswer' | 429 | 503;

/** Stands between a client and a server, and does to each request what `faultFor` says. */
export async function startFaultyProxy(target: string, faultFor: (method: string, path: string) => Fault) {
	const proxy = createServer((incoming, outgoing) => {
		const fault = faultFor(incoming.method ?? '', incoming.url ?? '');
		if (fault === 'lostBefore') incoming.socket.destroy();
		else if (typeof fault === 'number') refuse(incoming, outgoing, fault);
		else void pass(incoming, outgoing, fault);
	});

	async function pass(incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault) {
		const { method, headers, url } = incoming;
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			incoming.pipe(request(target + url, { method, headers }, resolve).on('error', reject));
		});
		const body = await buffer(answer);
		if (fault === 'lostAfter') return incoming.socket.destroy();
		const { 'transfer-encoding': _, ...kept } = answer.headers;
		outgoing.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': body.length });
		if (fault === 'none') return outgoing.end(body);
		outgoing.write(body.subarray(0, body.length / 2), () => incoming.socket.destroy());
	}

	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		async stop() {
			proxy.closeAllConnections();
			await new Promise((resolve) => proxy.close(resolve));
		},
	};
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number) {
	incoming.resume();
	outgoing.writeHead(status, { 'content-type': 'application/json' }).end('{"error":"busy"}');
}
