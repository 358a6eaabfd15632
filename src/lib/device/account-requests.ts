import * as z from 'zod/mini';
import {
	AccountView,
	Invitation,
	IssuedInvitation,
	PeopleView,
	RecoveryCodes,
	SignInDue,
	TotpOffer,
	type NewPerson,
	type RevisedPerson,
} from '#domain/accounts/messages.ts';
import type { PersonId } from '#domain/id.ts';
import { refuse } from '#domain/result.ts';
import { Session } from '#domain/session.ts';
import { get, post, type Answer } from './ask-server.ts';

type SignInAnswer = Answer<Session | SignInDue>;

const Progress = z.union([Session, SignInDue]);
const Nothing = z.unknown();

/** A person's own account and, for the administrator, everybody's: asked of the server, never kept on the device. */
export const accountRequests = {
	signInWithPassword: (signInName: string, password: string): SignInAnswer =>
		post('/api/sign-in/password', { signInName, password }, Progress),
	showSecondFactor: (factor: { totp: string } | { recovery: string }): SignInAnswer =>
		post('/api/sign-in/second', factor, Progress),
	async signInWithPasskey(): SignInAnswer {
		const options = await post('/api/sign-in/passkey/options', {}, z.looseObject({ challenge: z.string() }));
		if (!options.ok) return options;
		const { startAuthentication } = await import('@simplewebauthn/browser');
		const answer = await startAuthentication({ optionsJSON: options.value }).catch(() => null);
		if (!answer) return refuse({ kind: 'noAuthenticator' });
		return post('/api/sign-in/passkey', { answer }, Progress);
	},

	readSession: (): Answer<Session> => get('/api/session', Session),
	readInvitation: (code: string): Answer<Invitation> => post('/api/invitation', { code }, Invitation),

	readAccount: (): Answer<AccountView> => get('/api/account', AccountView),
	setPassword: (change: { signInName?: string; current?: string; next: string }): Answer<unknown> =>
		post('/api/account/password', change, Nothing),
	offerTotp: (): Answer<TotpOffer> => post('/api/account/totp', {}, TotpOffer),
	confirmTotp: (code: string): Answer<RecoveryCodes> => post('/api/account/totp/confirm', { code }, RecoveryCodes),
	removeTotp: (): Answer<unknown> => post('/api/account/totp/remove', {}, Nothing),
	removeSchoolAccount: (): Answer<unknown> => post('/api/account/school-account/remove', {}, Nothing),
	renewRecoveryCodes: (): Answer<RecoveryCodes> => post('/api/account/recovery', {}, RecoveryCodes),
	async addPasskey(): Answer<unknown> {
		const Options = z.looseObject({
			challenge: z.string(),
			rp: z.looseObject({ name: z.string() }),
			user: z.looseObject({ id: z.string(), name: z.string(), displayName: z.string() }),
			pubKeyCredParams: z.array(z.looseObject({ alg: z.number(), type: z.literal('public-key') })),
		});
		const options = await post('/api/account/passkey/options', {}, Options);
		if (!options.ok) return options;
		const { startRegistration } = await import('@simplewebauthn/browser');
		const answer = await startRegistration({ optionsJSON: options.value }).catch(() => null);
		if (!answer) return refuse({ kind: 'noAuthenticator' });
		return post('/api/account/passkey', { answer }, Nothing);
	},
	removePasskey: (id: string): Answer<unknown> => post('/api/account/passkey/remove', { id }, Nothing),
	endDevice: (id: string): Answer<unknown> => post('/api/account/devices/end', { id }, Nothing),
	endOtherDevices: (): Answer<unknown> => post('/api/account/devices/end-others', {}, Nothing),

	readPeople: (): Answer<PeopleView> => get('/api/people', PeopleView),
	addPerson: (person: NewPerson): Answer<IssuedInvitation> => post('/api/people', person, IssuedInvitation),
	revisePerson: (person: RevisedPerson): Answer<unknown> => post('/api/people/revise', person, Nothing),
	invitePerson: (personId: PersonId): Answer<IssuedInvitation> =>
		post('/api/people/invite', { personId }, IssuedInvitation),
	personLeaves: (personId: PersonId): Answer<unknown> => post('/api/people/leave', { personId }, Nothing),
};
