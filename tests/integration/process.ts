import { spawn, type ChildProcess } from 'node:child_process';

const running: ChildProcess[] = [];

export function killAll(): void {
	running.splice(0).forEach((child) => child.kill('SIGKILL'));
}

export interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A real process: what a person at a terminal gets to see. `killAll` belongs in `afterEach`. */
export function runServer(script: 'main.ts' | 'cli.ts', env: Record<string, string>, args: string[] = []) {
	const child = spawn(process.execPath, [`sync-server/${script}`, ...args], {
		env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
	});
	running.push(child);
	let stdout = '';
	let stderr = '';
	let address = '';
	const ready = new Promise<string>((resolve) => {
		child.stdout.on('data', (chunk: Buffer) => {
			stdout += chunk.toString();
			address = /ready at (\S+)/.exec(stdout)?.[1] ?? address;
			if (address && stdout.endsWith('\n')) resolve(address);
		});
	});
	child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
	const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
	return { child, ended, ready: () => Promise.race([ready, ended.then(failed)]), stdout: () => stdout };
}

function failed({ stdout, stderr }: Ended): string {
	throw new Error(`The server ended before it was ready:\n${stdout}\n${stderr}`);
}
