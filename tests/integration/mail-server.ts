import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A real mail server on loopback that keeps what it takes; it can be made to refuse, and to take its time. */
export async function startMailServer({ takesMs = 0 }: { takesMs?: number } = {}) {
	const taken: { readonly to: string[]; readonly source: string }[] = [];
	let refuses = false;
	const server = new SMTPServer({
		disabledCommands: ['AUTH', 'STARTTLS'],
		logger: false,
		onData(stream, session, done) {
			text(stream).then((source) => {
				if (refuses) return done(new Error('try again later'));
				taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
				setTimeout(done, takesMs);
			}, done);
		},
	});
	// Who sends may be killed in the midst of it; that is no fault of this server.
	server.on('error', () => undefined);
	await new Promise<void>((listening) => {
		server.listen(0, '127.0.0.1', listening);
	});
	const { port } = server.server.address() as AddressInfo;
	return {
		url: `smtp://127.0.0.1:${port}`,
		taken,
		refuse: (whether: boolean) => void (refuses = whether),
		stop: () => new Promise<void>((closed) => void server.close(closed)),
	};
}
