import { SLOT_HEADER } from '#domain/accounts/slots.ts';
import { idOf } from '#domain/id.ts';
import type { Person, Role } from '#domain/school/roster.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { SchoolAccountSettings } from '#server/accounts/school-account.ts';
import type { MailSettings } from '#server/notify/mail.ts';
import { memoryHost } from '#server/store/memory.ts';
import { aRoster, aSchool, anId } from '#tests/factories/school.ts';
import { startSchool } from './running-school.ts';

/** Person 9 is the administrator of a school that is no demo. */
export const ADMINISTRATOR = 9;

function aColleague(n: number, name: string, roles: Role[]): Person {
	return { type: 'person', v: 1, id: anId('person', n), schoolId: aSchool().id, name, roles, groupIds: [] };
}

function aRealRoster(extra: readonly DomainDocument[] = []): DomainDocument[] {
	const roster = aRoster().map((doc) => (doc.type === 'school' ? { ...doc, demo: false } : doc));
	return [...roster, aColleague(ADMINISTRATOR, 'Wim Beheer', ['administrator']), ...extra];
}

export type RealSchool = Awaited<ReturnType<typeof startRealSchool>>;

export async function startRealSchool(
	extra: readonly DomainDocument[] = [],
	schoolAccount?: SchoolAccountSettings,
	mail?: MailSettings,
) {
	const server = await startSchool(aRealRoster(extra), memoryHost(), schoolAccount, mail);
	return {
		...server,
		browser: () => browserOf(server.app),
		/** A code as an administrator or the command line would give. */
		codeFor: (person: number) =>
			server.schools.accounts.issueCode({
				personId: anId('person', person),
				schoolId: idOf('school', aSchool().id.slice(4)),
			}),
	};
}

export type Browser = ReturnType<typeof browserOf>;

/** Keeps cookies as a browser does, and says where its requests come from. */
function browserOf(app: Awaited<ReturnType<typeof startSchool>>['app']) {
	const cookies = new Map<string, string>();
	async function send(method: 'GET' | 'POST', url: string, payload?: object, more: Record<string, string> = {}) {
		const from = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140', 'sec-fetch-site': 'same-origin' };
		const answer = await app.inject({
			method,
			url,
			headers: { ...from, ...more },
			cookies: Object.fromEntries(cookies),
			...(payload && { payload }),
		});
		for (const { name, value } of answer.cookies) {
			if (value === '') cookies.delete(name);
			else cookies.set(name, value);
		}
		return answer;
	}
	return {
		cookies,
		get: (url: string) => send('GET', url),
		post: (url: string, payload: object = {}) => send('POST', url, payload),
		/** As one of the people who share this browser. */
		as(slot: number | string) {
			const own = { [SLOT_HEADER]: String(slot) };
			return {
				get: (url: string) => send('GET', url, undefined, own),
				post: (url: string, payload: object = {}) => send('POST', url, payload, own),
			};
		},
	};
}
