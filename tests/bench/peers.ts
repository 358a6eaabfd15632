import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Peers are large and only there to measure against: the first bench that needs one installs them beside itself. */
export function installPeers(needed: string, say: (text: string) => void): void {
	if (existsSync(`${FOLDER}node_modules/${needed}`)) return;
	say('Installing the peers to measure against (150 MB, once) …');
	const { status } = spawnSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
		cwd: FOLDER,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (status !== 0)
		throw new Error(
			`Could not install ${needed}: is the package registry within reach? Then run "npm install" in tests/bench.`,
		);
}
