declare module 'express-pouchdb' {
	import type { RequestListener } from 'node:http';
	export default function expressPouchdb(pouchdb: unknown, options: object): RequestListener;
}

declare module 'express' {
	import type { RequestListener } from 'node:http';
	/** An app is itself a listener; `use` puts another before it. */
	export default function express(): RequestListener & { use(listener: RequestListener): void };
}
