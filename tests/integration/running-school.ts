import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { DocumentType, DomainDocument } from '#domain/document.ts';
import { idOf, type DeviceId } from '#domain/id.ts';
import { createDigest, bucketOf } from '#domain/sync/digest.ts';
import {
	BucketsResponse,
	PROTOCOL,
	PullHeader,
	PullLine,
	PushResponse,
	type Protocol,
	type PushItem,
	type Receipt,
} from '#domain/sync/messages.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { buildApp } from '#server/app.ts';
import type { SchoolAccountSettings } from '#server/accounts/school-account.ts';
import type { MailSettings } from '#server/notify/mail.ts';
import { openSchools } from '#server/schools.ts';
import type { StoreHost } from '#server/store/document-store.ts';
import { envelopeOf, type Envelope } from '#server/store/envelope.ts';
import { memoryHost } from '#server/store/memory.ts';
import { contentRevision } from '#server/store/revision.ts';
import { databaseOf } from '#server/schools.ts';
import { aRoster, aSchool, anId } from '#tests/factories/school.ts';

export const NOON = '2026-03-09T12:00:00.000Z';

/** A server with one school on an in-memory store and a clock that tests move. */
export async function startSchool(
	docs: readonly DomainDocument[] = aRoster(),
	host: StoreHost = memoryHost(),
	schoolAccount?: SchoolAccountSettings,
	mail?: MailSettings,
) {
	let time = Date.parse(NOON);
	const now = () => new Date(time);
	const schoolId = aSchool().id;
	await seed(host, docs);
	const schools = await openSchools(host, now);
	const school = schools.get(schoolId) ?? (await schools.add(schoolId));
	const log: string[] = [];
	const logTo = { write: (line: string) => void log.push(line) };
	const app = await buildApp({
		schools,
		now,
		appDir: 'no-app-here',
		logLevel: 'debug',
		logTo,
		trustProxy: false,
		schoolAccount,
		mail,
	});

	return {
		app,
		schools,
		school,
		host,
		log,
		passTime: (ms: number) => void (time += ms),
		/** Person 1 is the supervisor, 2 the teacher of 6A, 3 the coordinator; see the factory. */
		async signIn(person: number, protocol: Protocol = PROTOCOL) {
			const answer = await app.inject({
				method: 'POST',
				url: '/api/sign-in',
				payload: { demoPersonId: anId('person', person) },
			});
			const [cookie] = answer.cookies;
			if (!cookie) throw new Error(`Signing in failed: ${answer.body}`);
			return agentOf(
				(request) => app.inject({ ...request, cookies: { [cookie.name]: cookie.value } }),
				idOf('device', String(person).padStart(26, 'D')) as DeviceId,
				protocol,
			);
		},
		async stop() {
			await app.close();
			await schools.close();
		},
	};
}

async function seed(host: StoreHost, docs: readonly DomainDocument[]): Promise<void> {
	const store = await host.open<Envelope>(databaseOf(aSchool().id));
	const writes = docs.map((doc) => ({ record: aStored(doc), expectedRev: null }));
	for (let at = 0; at < writes.length; at += 1000) await store.putAll(writes.slice(at, at + 1000));
}

function aStored(doc: DomainDocument): Envelope {
	const rev = contentRevision(doc);
	return envelopeOf(doc, { rev, receivedAt: NOON as Instant, authorId: null, deviceId: null, seq: null });
}

/** As much of an answer as an agent looks at. */
export type Sent = Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body' | 'json'>;

type Send<A extends Sent> = (
	request: Pick<InjectOptions, 'url' | 'payload' | 'headers'> & { method: 'GET' | 'POST' },
) => Promise<A>;

interface Held {
	readonly rev: string;
	readonly doc: DomainDocument;
}

export type Agent<A extends Sent = LightMyRequestResponse> = ReturnType<typeof agentOf<A>>;

/** A device that speaks the protocol by hand: holds documents, counts its pushes, pulls until equal. */
export function agentOf<A extends Sent>(send: Send<A>, deviceId: DeviceId, protocol: Protocol = PROTOCOL) {
	const held = new Map<string, Held>();
	let seq = 0;

	async function ask(message: object): Promise<A> {
		return send({ method: 'POST', url: '/sync/pull', payload: { protocol, deviceId, ...message } });
	}

	function take(body: string): { taken: string[]; dropped: [string, string][] } {
		const [header, ...lines] = body
			.trimEnd()
			.split('\n')
			.map((line): unknown => JSON.parse(line));
		const { total } = PullHeader.parse(header);
		if (lines.length !== total) throw new Error(`${total} lines were promised and ${lines.length} came`);
		const taken: string[] = [];
		const dropped: [string, string][] = [];
		for (const line of lines.map((raw) => PullLine.parse(raw))) {
			if ('drop' in line) {
				held.delete(line.id);
				dropped.push([line.id, line.drop]);
			} else if ('lost' in line) {
				held.delete(line.id);
				dropped.push([line.id, 'lost']);
			} else {
				held.set(line.id, { rev: line.rev, doc: line.doc as DomainDocument });
				taken.push(line.id);
			}
		}
		return { taken, dropped };
	}

	const digestOf = () => {
		const digest = createDigest();
		held.forEach(({ rev }, id) => digest.add(id, rev));
		return digest;
	};

	return {
		send,
		held,
		deviceId,
		ask,
		ofType: (type: DocumentType) => [...held.values()].filter(({ doc }) => doc.type === type).map(({ doc }) => doc),
		item: (doc: DomainDocument, over: Partial<PushItem> = {}): PushItem => ({
			id: doc.id,
			rev: `r${++seq}`,
			baseRev: null,
			seq,
			doc,
			...over,
		}),
		async push(items: readonly PushItem[]): Promise<Receipt[]> {
			const payload = { protocol, deviceId, items };
			const answer = await send({ method: 'POST', url: '/sync/push', payload });
			if (answer.statusCode !== 200) throw new Error(`Push failed: ${answer.body}`);
			return PushResponse.parse(answer.json()).receipts;
		},
		compare: () => ask({ kind: 'compare', digest: digestOf().root(), count: held.size }),
		/** The buckets that are not as the server's. */
		differing(theirs: readonly string[]): number[] {
			const ours = digestOf().buckets();
			return theirs.flatMap((digest, bucket) => (digest === ours[bucket] ? [] : bucket));
		},
		/** Compare, narrow down, reconcile: what a device does. */
		async pull(): Promise<{ taken: string[]; dropped: [string, string][] }> {
			const first = await this.compare();
			if (first.statusCode === 204) return { taken: [], dropped: [] };
			if (first.headers['content-type'] === 'application/x-ndjson') return take(first.body);
			const theirs = BucketsResponse.parse(first.json()).buckets;
			const buckets = this.differing(theirs).map((bucket) => ({
				bucket,
				held: [...held].filter(([id]) => bucketOf(id) === bucket).map(([id, { rev }]) => [id, rev]),
			}));
			return take((await ask({ kind: 'reconcile', buckets })).body);
		},
	};
}
