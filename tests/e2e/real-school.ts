import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { APP_DIR } from './server.ts';

/** A fresh server without a demo, as whoever hosts it meets it: it prints a link for the administrator. */
export async function startFreshSchool() {
	const folder = mkdtempSync(join(tmpdir(), 'pleinwacht-real-'));
	const port = await freePort();
	// Passkeys want a name and not a number: browsers take `localhost` for safe without TLS.
	const url = `http://localhost:${port}`;
	const env = {
		...process.env,
		DEMO: 'no',
		DATA_DIR: folder,
		APP_DIR,
		HOST: '127.0.0.1',
		PORT: String(port),
		PUBLIC_URL: url,
	};
	const child = spawn(process.execPath, ['sync-server/main.ts'], { env });
	let said = '';
	const invitation = await new Promise<string>((resolve, reject) => {
		const listen = (chunk: Buffer) => {
			said += chunk.toString();
			const link = /^ {2}(http\S+\/invitation#\S+)$/m.exec(said)?.[1];
			if (link) resolve(link);
		};
		child.stdout.on('data', listen);
		child.stderr.on('data', listen);
		child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
	});
	return {
		url,
		invitation,
		async stop() {
			child.kill('SIGTERM');
			await once(child, 'exit');
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
