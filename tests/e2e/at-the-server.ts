import { idOf } from '#domain/id.ts';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import { SignInOptions } from '#domain/session.ts';
import { createDigest } from '#domain/sync/digest.ts';
import { PROTOCOL } from '#domain/sync/messages.ts';

/** What a coordinator's brand-new device would be given now: the server's own truth. */
export async function allAsCoordinator<T extends DocumentType>(url: string, type: T): Promise<DocumentOf<T>[]> {
	return (await everythingAsCoordinator(url)).filter((doc): doc is DocumentOf<T> => doc.type === type);
}

export async function everythingAsCoordinator(url: string): Promise<DomainDocument[]> {
	const { demoPeople } = SignInOptions.parse(await (await fetch(`${url}/api/sign-in`)).json());
	const demoPersonId = demoPeople.find(({ role }) => role === 'coordinator')?.personId;
	const signedIn = await post(`${url}/api/sign-in`, { demoPersonId });
	const cookie = signedIn.headers
		.getSetCookie()
		.map((each) => each.split(';')[0])
		.join('; ');
	const empty = createDigest();
	const deviceId = idOf('device', '00000000000000000000000000');
	const answer = await post(
		`${url}/sync/pull`,
		{ kind: 'compare', protocol: PROTOCOL, deviceId, digest: empty.root(), count: 0 },
		cookie,
	);
	const [, ...lines] = (await answer.text()).trim().split('\n');
	return lines.map((line) => (JSON.parse(line) as { doc: DomainDocument }).doc);
}

async function post(url: string, body: unknown, cookie = ''): Promise<Response> {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', cookie },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
	return answer;
}
