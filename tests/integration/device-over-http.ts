import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import { idOf } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Role } from '#domain/school/roster.ts';
import { Session, SignInOptions } from '#domain/session.ts';
import { createDigest } from '#domain/sync/digest.ts';
import { PROTOCOL, PushResponse, type PushItem, type Receipt } from '#domain/sync/messages.ts';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';

/** A device of a demo person that speaks the protocol to a real server, or to several of one school. */
export async function signInAt(address: string, role: Role, device = 1) {
	const { demoPeople } = SignInOptions.parse(await (await fetch(`${address}/api/sign-in`)).json());
	const demoPersonId = demoPeople.find((each) => each.role === role)?.personId;
	const signedIn = await post(`${address}/api/sign-in`, { demoPersonId });
	const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
	const session = Session.parse(await signedIn.json());
	const deviceId = idOf('device', String(device).padStart(26, '0'));
	let seq = 0;

	return {
		session,
		item: (doc: DomainDocument): PushItem => ({ id: doc.id, rev: `r${++seq}`, baseRev: null, seq, doc }),
		async push(items: readonly PushItem[], at = address): Promise<Receipt[]> {
			const answer = await post(`${at}/sync/push`, { protocol: PROTOCOL, deviceId, items }, cookie);
			return PushResponse.parse(await answer.json()).receipts;
		},
		/** What a device that holds nothing yet is given. */
		async all<T extends DocumentType>(type: T, at = address): Promise<DocumentOf<T>[]> {
			const nothing = { digest: createDigest().root(), count: 0 };
			const compare = { kind: 'compare', protocol: PROTOCOL, deviceId, ...nothing };
			const answer = await post(`${at}/sync/pull`, compare, cookie);
			const [, ...lines] = (await answer.text()).trimEnd().split('\n');
			const docs = lines.map((line) => (JSON.parse(line) as { doc: DomainDocument }).doc);
			return docs.filter((doc): doc is DocumentOf<T> => doc.type === type);
		},
	};
}

/** Told by this person; `n` tells it apart from the others of the device `device`. */
export function observedBy({ personId, schoolId }: Session, n: number, device = 1): Observation {
	return {
		type: 'observation',
		v: 1,
		id: idOf('observation', `01K${String(device).padStart(3, '0')}${String(n).padStart(20, '0')}`),
		schoolId,
		reporterId: personId,
		occurredAt: '2026-03-09T12:14' as LocalDateTime,
		zone: 'Europe/Amsterdam',
		precision: 'exact',
		notedAt: '2026-03-09T11:20:00.000Z' as Instant,
		placeId: null,
		outsideSchool: false,
		participants: [{ role: 'instigator', description: 'a tall boy' }],
		victimGroupId: null,
		behaviours: ['pushing'],
		digital: false,
		basket: 'orange',
		handling: [],
		means: [],
	};
}

async function post(url: string, body: unknown, cookie = ''): Promise<Response> {
	const headers = { 'content-type': 'application/json', cookie };
	const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
	if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
	return answer;
}
