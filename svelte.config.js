import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ fallback: 'index.html', precompress: true }),
		// Two builds must never share a name, or people accept an update and keep the old app.
		version: { name: `${process.env.npm_package_version ?? '0'}-${Date.now()}` },
		serviceWorker: { register: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['self'],
			},
		},
		alias: {},
		typescript: {
			config(config) {
				config.include.push('../tests/**/*.ts', '../tests/**/*.svelte', '../*.config.js', '../*.config.ts');
				config.exclude = [...(config.exclude ?? []), '../tests/bench/node_modules/**'];
				return config;
			},
		},
	},
};
