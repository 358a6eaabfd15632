import { readFileSync } from 'node:fs';
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { KeyFigures } from '#domain/fact-sheet/key-figures.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import FiguresPage from './FiguresPage.svelte';
import { readFigures } from './read-figures.ts';

const NOW = new Date('2026-11-20T10:00:00Z');

function open(documents: readonly DomainDocument[] = []) {
	const device = createMemoryDevice({ session: aSession('coordinator'), documents: [...aRoster(), ...documents] });
	render(WithDevice, { props: { device, component: FiguresPage, props: { now: NOW } } });
	return device;
}

const cells = (label: string) =>
	[...(screen.getByRole('rowheader', { name: label }).closest('tr')?.querySelectorAll('td') ?? [])].map(
		({ textContent }) => textContent?.replaceAll('\u00a0', ' '),
	);

test('the fact sheet shows the published table of one school', () => {
	const read = readFigures(readFileSync('docs/examples/fact-sheet.jsonl', 'utf8'));
	if (!read.ok) throw new Error(read.error.kind);
	open(read.value);
	expect(cells('Veroorzakers (A0, A1, A2)')).toEqual(['34', '35']);
	expect(screen.getAllByRole('rowheader', { name: 'jongens' })).toHaveLength(3);
	expect(cells('deel van de leerlingen')).toEqual(['8 %', '8 %']);
	expect(cells('Gestopt (N, N+)')).toEqual(['14', '18']);
	expect(cells('Slachtoffers (S1, S2)')).toEqual(['6', '4']);
	expect(cells('Geen slachtoffer meer (SN)')).toEqual(['6', '10']);
});

test('a file of forty schools shows the published yearly figures; a wrong line is named', async () => {
	open();
	const field = screen.getByLabelText(/Scholen samen/);
	const text = readFileSync('docs/examples/key-figures.jsonl', 'utf8');
	await userEvent.upload(field, new File([text], 'figures.jsonl', { type: 'application/json' }));
	expect(await screen.findByText('Kengetallen uit het bestand')).toBeInTheDocument();
	expect(cells('Meldingen sinds de start')).toEqual(['6975', '10769', '15369']);
	expect(cells('Veroorzakers (A0, A1, A2)')).toEqual(['323', '493', '680']);
	expect(cells('Geen slachtoffer meer (SN)')).toEqual(['–', '29', '68']);
	await userEvent.upload(field, new File(['{}\n{oops'], 'wrong.jsonl', { type: 'application/json' }));
	expect(await screen.findByRole('alert')).toHaveTextContent('Regel 2 van het bestand klopt niet');
});

test('counting today keeps the figures as they stand', async () => {
	const device = open([anObservation(1)]);
	expect(screen.getByText(/Er is nog niets geteld/)).toBeInTheDocument();
	await userEvent.click(screen.getByRole('button', { name: 'Tel vandaag' }));
	expect(KeyFigures.safeParse(device.saved[0]).success).toBe(true);
	expect(cells('van wie leerlingen')).toEqual(['8']);
	expect(cells('Meldingen sinds de start')).toEqual(['1']);
	// This school does not keep sex: nothing is told of boys and girls.
	expect(screen.queryByRole('rowheader', { name: 'jongens' })).toBeNull();
});
