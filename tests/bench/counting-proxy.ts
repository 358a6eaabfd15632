import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CountingProxy {
	readonly url: string;
	/** Bytes that went either way since the last time this was asked: lines, headers and bodies, as they are on the wire. */
	take(): number;
	/** From now on it leads to another server. */
	leadTo(target: string): void;
	stop(): Promise<void>;
}

/** Stands between a browser and its server and counts. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
	let server = target;
	const open = new Set<Socket>();
	let bytes = 0;
	const proxy = createServer((browser) => {
		const { hostname, port } = new URL(server);
		const upstream = connect(Number(port), hostname);
		for (const [from, to] of [
			[browser, upstream],
			[upstream, browser],
		] as const) {
			open.add(from);
			from.on('data', (chunk) => (bytes += chunk.length));
			from.on('close', () => open.delete(from));
			from.on('error', () => to.destroy());
			from.pipe(to);
		}
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		take() {
			const taken = bytes;
			bytes = 0;
			return taken;
		},
		leadTo(next) {
			server = next;
			for (const socket of open) socket.destroy();
		},
		async stop() {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => proxy.close(resolve));
		},
	};
}
