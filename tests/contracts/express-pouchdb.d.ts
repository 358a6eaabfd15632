declare module 'express-pouchdb' {
	import type { RequestListener } from 'node:http';
	export default function expressPouchdb(pouchdb: unknown, options: object): RequestListener;
}

declare module 'express' {
	import type { RequestListener } from 'node:http';

	interface Response {
		status(code: number): Response;
		json(body: unknown): void;
	}

	/** An app is itself a listener; `use` puts another before it. */
	export default function express(): RequestListener & {
		use(listener: RequestListener): void;
		post(path: string, answer: (request: unknown, response: Response) => void): void;
	};
}
