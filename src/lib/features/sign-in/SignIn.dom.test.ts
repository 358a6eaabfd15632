import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { ok, refuse } from '#domain/result.ts';
import type { Session, SignInOptions, SignInRequest } from '#domain/session.ts';
import type { Device, SignInProblem } from '#lib/device/device.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anId, anObservation, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import SignIn from './SignIn.svelte';

const DEMO: SignInOptions = {
	schoolName: 'De Watertoren',
	demoPeople: [
		{ personId: anId('person', 1), name: 'Sanne', role: 'supervisor', detail: '' },
		{ personId: anId('person', 2), name: 'Youssef', role: 'teacher', detail: '6A' },
	],
};
const REAL: SignInOptions = { schoolName: 'De Watertoren', demoPeople: [] };

/** `answers`: what the server says to each try, the last one from then on. */
function open(options: (SignInOptions | null)[], problems: (SignInProblem | null)[] = [null], former?: Session) {
	const tried: SignInRequest[] = [];
	const asked = [...options];
	const said = [...problems];
	const device: Device = Object.assign(createMemoryDevice({ session: former ?? null, documents: [] }), {
		signInOptions: async () => (asked.length > 1 ? asked.shift() : asked[0]) ?? null,
		signIn: async (request: SignInRequest) => {
			tried.push(request);
			const problem = said.length > 1 ? said.shift() : said[0];
			return problem ? refuse(problem) : ok(aSession());
		},
	});
	const onDone = vi.fn();
	render(WithDevice, { props: { device, component: SignIn, props: { onDone } } });
	return { device, tried, onDone, user: userEvent.setup() };
}

async function withCode(user: ReturnType<typeof userEvent.setup>) {
	await user.click(await screen.findByRole('button', { name: 'Ik heb een code van school' }));
}

/** What the server answers to the requests of an account; each is used once. */
function answering(...answers: [status: number, body: object, headers?: Record<string, string>][]) {
	const asked: [string, unknown][] = [];
	vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
		asked.push([url, JSON.parse(typeof init.body === 'string' ? init.body : 'null')]);
		const [status, body, headers] = answers.shift() ?? [500, {}];
		return new Response(JSON.stringify(body), { status, headers: headers ?? {} });
	});
	return asked;
}

async function withPassword(user: ReturnType<typeof userEvent.setup>) {
	await user.type(await screen.findByLabelText('Aanmeldnaam'), 'marijke@school.example');
	await user.type(screen.getByLabelText('Wachtwoord'), 'drie geiten op het dak{Enter}');
}

afterEach(() => vi.unstubAllGlobals());

test('a name and a password sign in', async () => {
	const { device, onDone, user } = open([REAL]);
	const asked = answering([200, aSession('teacher')]);
	await withPassword(user);
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(asked).toEqual([
		['/api/sign-in/password', { signInName: 'marijke@school.example', password: 'drie geiten op het dak' }],
	]);
	expect(device.session).toEqual(aSession('teacher'));
});

test('a wrong password and too many tries are each said, with what to do', async () => {
	const { user } = open([REAL]);
	answering([403, { type: 'problem:refused' }], [429, { type: 'problem:wait' }, { 'retry-after': '8' }]);
	await withPassword(user);
	expect(await screen.findByText('Dat klopt niet. Kijk het na en probeer het nog eens.')).toBeVisible();
	await user.click(screen.getByRole('button', { name: 'Aanmelden' }));
	expect(await screen.findByText(/Wacht 8 seconden/)).toBeVisible();
});

test('a coordinator shows a code of the app as well, or a recovery code', async () => {
	const { onDone, user } = open([REAL]);
	const due = { kind: 'due', due: 'verify', name: 'Marijke', methods: ['totp', 'recovery'] };
	const asked = answering([202, due], [403, { type: 'problem:refused' }], [200, aSession('coordinator')]);
	await withPassword(user);
	await user.type(await screen.findByLabelText('Code uit je app'), '000000{Enter}');
	expect(await screen.findByText(/Dat klopt niet/)).toBeVisible();
	await user.click(screen.getByRole('button', { name: 'Ik heb mijn telefoon niet' }));
	await user.type(screen.getByLabelText('Herstelcode'), 'ABCDE-FGHJK{Enter}');
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(asked.slice(1)).toEqual([
		['/api/sign-in/second', { totp: '000000' }],
		['/api/sign-in/second', { recovery: 'ABCDE-FGHJK' }],
	]);
});

test('in a demo one tap on a person signs in', async () => {
	const { tried, onDone, user } = open([DEMO]);
	await user.click(await screen.findByRole('button', { name: /Youssef.*leerkracht.*6A/ }));
	expect(tried).toEqual([{ demoPersonId: anId('person', 2) }]);
	expect(onDone).toHaveBeenCalledOnce();
});

test('elsewhere a code signs in, with or without spaces', async () => {
	const { tried, onDone, user } = open([REAL]);
	await withCode(user);
	await user.type(screen.getByLabelText('Code'), 'abcd efgh{Enter}');
	expect(tried).toEqual([{ code: 'abcdefgh' }]);
	expect(onDone).toHaveBeenCalledOnce();
});

test('an empty code asks for one and bothers nobody', async () => {
	const { tried, user } = open([REAL]);
	await withCode(user);
	await user.click(screen.getByRole('button', { name: 'Aanmelden' }));
	expect(screen.getByLabelText('Code')).toHaveAccessibleDescription('Vul eerst de code in.');
	expect(tried).toEqual([]);
});

test('a wrong code says what to do, and can be tried again', async () => {
	const { onDone, user } = open([REAL], [{ kind: 'refused' }, null]);
	await withCode(user);
	await user.type(await screen.findByLabelText('Code'), 'wrong{Enter}');
	expect(await screen.findByText(/Deze code klopt niet/)).toBeVisible();
	expect(onDone).not.toHaveBeenCalled();
	await user.type(screen.getByLabelText('Code'), '{Enter}');
	expect(onDone).toHaveBeenCalledOnce();
});

test('without a connection it says so, and asks again when told', async () => {
	const { user } = open([null, DEMO]);
	expect(await screen.findByText('Even geen verbinding')).toBeVisible();
	await user.click(screen.getByRole('button', { name: 'Probeer opnieuw' }));
	expect(await screen.findByRole('button', { name: /Sanne/ })).toBeVisible();
});

test('when the network is back it asks by itself', async () => {
	open([null, DEMO]);
	expect(await screen.findByText('Even geen verbinding')).toBeVisible();
	window.dispatchEvent(new Event('online'));
	expect(await screen.findByRole('button', { name: /Sanne/ })).toBeVisible();
});

test('unsent work of who was here before is named, and stays', async () => {
	const { device } = open([DEMO], [null], aSession());
	await device.save([anObservation(1)]);
	expect(await screen.findByText(/nog werk van Sanne/)).toHaveTextContent('1');
	expect(screen.getByRole('link', { name: 'Verder als Sanne' })).toHaveAttribute('href', '/');
});
