import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// Read more than once during one build: one name for all of it, and never that of another build.
process.env.PLEINWACHT_BUILD ??= String(Date.now());

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ fallback: 'index.html', precompress: true }),
		version: { name: `${process.env.npm_package_version ?? '0'}-${process.env.PLEINWACHT_BUILD}` },
		serviceWorker: { register: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				// Kit's route announcer hides itself with this one inline style.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['self'],
				// A string becomes markup only in Svelte's own templates, and a script only in `device/own-scripts.ts`.
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'pleinwacht-own-scripts'],
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
