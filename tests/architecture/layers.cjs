/**
 * Who may import whom. `npm run check:layers` reads this table; each line says why in the words a developer sees.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const TEST = '\\.(test|e2e)\\.ts$|^tests/';

/** @param {string} name @param {string} comment @param {string} from @param {string} to @param {string} [except] */
function forbid(name, comment, from, to, except) {
	return {
		name,
		comment,
		severity: 'error',
		from: { path: from, pathNot: TEST },
		to: except ? { path: to, pathNot: except } : { path: to },
	};
}

module.exports = {
	forbidden: [
		forbid(
			'domain-is-pure',
			'domain/ holds the rules and nothing else: only zod/mini and date-fns.',
			'^src/lib/domain/',
			'.',
			'^src/lib/domain/|node_modules/(zod|date-fns)/',
		),
		forbid(
			'device-knows-domain',
			'device/ stores and syncs; it has no screens and no words.',
			'^src/lib/device/',
			'^src/(routes|lib/(features|ui))/',
		),
		forbid(
			'ui-knows-no-storage',
			'ui/ gets words and values as props.',
			'^src/lib/ui/',
			'^src/(routes|lib/(features|device|i18n))/',
		),
		forbid(
			'words-know-no-screens',
			'i18n/ makes words of domain terms.',
			'^src/lib/i18n/',
			'^src/(routes|lib/(features|ui))/',
		),
		forbid(
			'features-know-no-routes',
			'routes join features, not the other way round.',
			'^src/lib/features/',
			'^src/routes/',
		),
		{
			name: 'features-stand-alone',
			comment: 'What two features share belongs in domain, ui or i18n; only the shell is shared.',
			severity: 'error',
			from: { path: '^src/lib/features/([^/]+)/', pathNot: TEST },
			to: { path: '^src/lib/features/', pathNot: '^src/lib/features/($1|shell)/' },
		},
		forbid(
			'routes-hold-no-storage',
			'a page joins state to components.',
			'^src/routes/',
			'^src/lib/device/',
			'^src/lib/device/(device|context|school-time|open-device\\.svelte)\\.ts$',
		),
		forbid(
			'server-knows-domain-only',
			'the server shares the rules with the app, never its screens or its device.',
			'^sync-server/',
			'^src/',
			'^src/lib/domain/',
		),
		forbid('app-knows-no-server', 'the app talks to the server through domain/sync.', '^src/', '^sync-server/'),
		forbid('no-tests-in-the-product', 'product code does not import tests.', '^(src|sync-server)/', '^tests/'),
		{
			name: 'only-device-knows-indexeddb',
			comment: 'Dexie and workbox-window live in device/.',
			severity: 'error',
			from: { path: '^src/', pathNot: '^src/lib/device/' },
			to: { path: 'node_modules/(dexie|workbox-window)/' },
		},
		{
			name: 'only-the-store-knows-couchdb',
			comment: 'Everything else goes through the DocumentStore port (D6).',
			severity: 'error',
			from: { path: '^sync-server/', pathNot: `^sync-server/store/|${TEST}` },
			to: { path: 'node_modules/(pouchdb|nano)' },
		},
		{
			name: 'no-circles',
			comment: 'Two files that need each other are one idea, or three.',
			severity: 'error',
			from: { path: '^(src|sync-server)/' },
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(src/lib/i18n/generated|\\.svelte-kit|build|tests/bench/node_modules)/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'import', 'node', 'default'],
			extensions: ['.ts', '.js', '.svelte', '.json'],
		},
	},
};
