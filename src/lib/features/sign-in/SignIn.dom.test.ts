import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
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

test('in a demo one tap on a person signs in', async () => {
	const { tried, onDone, user } = open([DEMO]);
	await user.click(await screen.findByRole('button', { name: /Youssef.*leerkracht.*6A/ }));
	expect(tried).toEqual([{ demoPersonId: anId('person', 2) }]);
	expect(onDone).toHaveBeenCalledOnce();
});

test('elsewhere a code signs in, with or without spaces', async () => {
	const { tried, onDone, user } = open([REAL]);
	await user.type(await screen.findByLabelText('Code'), 'abcd efgh{Enter}');
	expect(tried).toEqual([{ code: 'abcdefgh' }]);
	expect(onDone).toHaveBeenCalledOnce();
});

test('an empty code asks for one and bothers nobody', async () => {
	const { tried, user } = open([REAL]);
	await user.click(await screen.findByRole('button', { name: 'Aanmelden' }));
	expect(screen.getByLabelText('Code')).toHaveAccessibleDescription('Vul eerst de code in.');
	expect(tried).toEqual([]);
});

test('a wrong code says what to do, and can be tried again', async () => {
	const { onDone, user } = open([REAL], [{ kind: 'refused' }, null]);
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
