import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startMailServer } from '#tests/integration/mail-server.ts';

/** As long as a mail server elsewhere takes for one: a kill falls between two of them, and in the midst of one. */
const TAKES_MS = 30;

/** Something that was told outside the app: to whom, and under which id. */
export interface Told {
	readonly to: string;
	readonly id: string;
}

/** A mail server and another system of the school, which take what a server tells and keep it. */
export async function startMorningPost() {
	const mail = await startMailServer({ takesMs: TAKES_MS });
	const hooks: Told[] = [];
	const system = createServer((request, response) => {
		const take = (body: string) => {
			// What is red is told at any hour, and the invented school has some of it.
			const isMorning = (JSON.parse(body) as { type: string }).type === 'reminders.due';
			if (isMorning) hooks.push({ to: 'webhook', id: String(request.headers['webhook-id']) });
			setTimeout(() => response.writeHead(204).end(), TAKES_MS);
		};
		// Cut off by a kill, it was not told.
		text(request).then(take, () => undefined);
	});
	await new Promise<void>((listening) => void system.listen(0, '127.0.0.1', listening));
	const { port } = system.address() as AddressInfo;
	return {
		settings: {
			SMTP_URL: mail.url,
			MAIL_FROM: 'pleinwacht@school.example',
			WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
			PUBLIC_URL: 'https://pleinwacht.example',
			WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
		},
		/** Everything taken so far, mail first. */
		taken: (): Told[] => [
			...mail.taken.map(({ to, source }) => ({
				to: to.join(),
				id: /^Message-ID: (.*)$/im.exec(source)?.[1] ?? 'without an id',
			})),
			...hooks,
		],
		async stop() {
			system.closeAllConnections();
			await Promise.all([mail.stop(), new Promise((closed) => void system.close(closed))]);
		},
	};
}
