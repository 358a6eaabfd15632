import { render, screen, waitFor } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OutsideView } from '#domain/accounts/outside.ts';
import Outside from './Outside.svelte';

const user = userEvent.setup();
let asked: { path: string; body: unknown }[];
let view: OutsideView | null;

// A server that remembers what it was told.
beforeEach(() => {
	asked = [];
	view = { mail: { address: null }, push: { key: 'k', devices: [] }, hasCalendar: false };
	vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
		if (!view) return Promise.reject(new TypeError('offline'));
		if (init.method === 'GET') return Promise.resolve(Response.json(view));
		const body = JSON.parse(init.body as string) as { address?: string | null };
		asked.push({ path, body });
		if (path.endsWith('/mail')) view = { ...view, mail: { address: body.address ?? null } };
		if (path.endsWith('/push/stop')) view = { ...view, push: { ...view.push, devices: [] } };
		if (path.endsWith('/calendar/stop')) view = { ...view, hasCalendar: false };
		if (!path.endsWith('/calendar')) return Promise.resolve(new Response(null, { status: 204 }));
		view = { ...view, hasCalendar: true };
		return Promise.resolve(Response.json({ path: '/api/calendar/secret.ics' }));
	});
});
afterEach(() => vi.unstubAllGlobals());

const button = (name: string | RegExp) => screen.findByRole('button', { name });

test('mail: an address that is none is refused, one that is is kept, and stopped is stopped', async () => {
	render(Outside);
	await user.type(await screen.findByLabelText('E-mailadres'), 'youssef');
	await user.click(await button('Mail mij'));
	expect(screen.getByText('Dit is geen e-mailadres.')).toBeInTheDocument();
	expect(asked).toEqual([]);
	await user.type(screen.getByLabelText('E-mailadres'), '@school.example');
	await user.click(await button('Mail mij'));
	expect(await screen.findByText('Je krijgt mail op youssef@school.example.')).toBeInTheDocument();
	await user.click(await button('Stop de mail'));
	expect(await screen.findByLabelText('E-mailadres')).toBeInTheDocument();
	expect(asked.at(-1)).toEqual({ path: '/api/outside/mail', body: { address: null, language: 'nl' } });
});

test('a calendar address is shown once, and can be revoked', async () => {
	render(Outside);
	await user.click(await button('Maak een adres'));
	expect(await screen.findByLabelText('Adres voor je agenda')).toHaveValue(
		`${location.origin}/api/calendar/secret.ics`,
	);
	await user.click(await button('Trek het adres in'));
	expect(await button('Maak een adres')).toBeInTheDocument();
	expect(screen.queryByLabelText('Adres voor je agenda')).toBeNull();
});

test('a device that gets messages can be switched off; a browser that cannot says so', async () => {
	if (view) view = { ...view, mail: null, push: { key: 'k', devices: [{ id: 'd1', label: 'Chrome', addedAt: 0 }] } };
	render(Outside);
	expect(await screen.findByText('Deze school verstuurt geen mail.')).toBeInTheDocument();
	await user.click(await button('Zet berichten uit op Chrome'));
	await waitFor(() => expect(screen.queryByText('Chrome')).toBeNull());
	await user.click(await button('Zet aan op dit toestel'));
	expect(await screen.findByText(/kan geen berichten tonen/)).toBeInTheDocument();
});

test('without a network it says so, and can be asked again', async () => {
	const there = view;
	view = null;
	render(Outside);
	expect(await screen.findByText(/Zonder internet/)).toBeInTheDocument();
	view = there;
	await user.click(await button('Probeer opnieuw'));
	expect(await screen.findByLabelText('E-mailadres')).toBeInTheDocument();
});
