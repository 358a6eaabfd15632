import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

const MIN_NODE_MAJOR = 22;
if (Number(process.versions.node.split('.')[0]) < MIN_NODE_MAJOR) {
	throw new Error(`Pleinwacht builds on Node ${MIN_NODE_MAJOR} or newer; this is ${process.version}. Start it with "npm run …" or "npx …", which bring their own Node.`);
}

const SYNC_SERVER = 'http://127.0.0.1:8080';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/i18n/generated',
			strategy: ['localStorage', 'baseLocale'],
			emitTsDeclarations: true,
		}),
		sveltekit(),
	],
	server: { host: '127.0.0.1', proxy: { '/api': SYNC_SERVER, '/sync': SYNC_SERVER } },
	preview: { host: '127.0.0.1' },
	build: { target: 'es2023' },
});
