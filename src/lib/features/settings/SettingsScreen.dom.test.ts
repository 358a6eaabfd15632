import { render, screen, waitFor } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { TimeToLogSummary } from '#domain/observation/time-to-log.ts';
import { createMemoryDevice } from '#tests/factories/memory-device.svelte.ts';
import { anObservation, aRoster, aSession } from '#tests/factories/school.ts';
import WithDevice from '#tests/factories/WithDevice.svelte';
import SettingsScreen from './SettingsScreen.svelte';

const user = userEvent.setup();

function open(timeToLog: TimeToLogSummary | null = null) {
	const device = createMemoryDevice({ session: aSession('supervisor'), documents: aRoster() });
	render(WithDevice, { props: { device, component: SettingsScreen, props: { timeToLog } } });
	return device;
}

afterEach(async () => {
	for (const label of ['als toestel', 'leesbaar']) await user.click(screen.getByLabelText(label));
});

test('the theme is applied at once and kept on the device', async () => {
	open();
	await user.click(screen.getByLabelText('donker'));
	expect(document.documentElement.dataset.theme).toBe('dark');
	expect(localStorage.getItem('theme')).toBe('dark');
	await user.click(screen.getByLabelText('als toestel'));
	expect(document.documentElement.dataset.theme).toBeUndefined();
});

test('names of children can be blurred on a shared screen', async () => {
	open();
	await user.click(screen.getByLabelText('vervaagd'));
	expect(document.documentElement.dataset.names).toBe('hidden');
	await user.click(screen.getByLabelText('leesbaar'));
	expect(document.documentElement.dataset.names).toBeUndefined();
});

test('my own time to log is shown as it was measured', () => {
	open({ count: 12, medianMs: 8400, p90Ms: 14_600 });
	expect(screen.getByText('8,4 s')).toBeInTheDocument();
	expect(screen.getByText('15 s')).toBeInTheDocument();
	expect(screen.getByText(/niemand anders ziet het/)).toBeInTheDocument();
});

test('before the first one nothing is measured, and no promise is claimed', async () => {
	const device = open();
	expect(screen.getByText(/Nog niets gemeten/)).toBeInTheDocument();
	expect(screen.getByText(/vraagt de app aan je browser/)).toBeInTheDocument();
	await device.save([anObservation(1)]);
	await waitFor(() => expect(screen.getByText(/Je browser beloofde om alles te bewaren/)).toBeInTheDocument());
});

test('signing out is refused while something has not arrived, and says so', async () => {
	const device = open();
	const observation = anObservation(1);
	await device.save([observation]);
	await user.click(screen.getByRole('button', { name: 'Meld je af' }));
	expect(device.session).not.toBeNull();
	expect(screen.getByRole('status')).toHaveTextContent('Nog niet aangekomen: 1');
	device.arrive(observation.id);
	await user.click(screen.getByRole('button', { name: 'Meld je af' }));
	expect(device.session).toBeNull();
});

test('how much room there is, and that it gets little', async () => {
	const device = open();
	device.setSpace({ usedBytes: 3_400_000, freeBytes: 12_000_000, isLow: true });
	expect(await screen.findByText('Pleinwacht gebruikt hier 3,4 MB. Er is nog 12 MB vrij.')).toBeInTheDocument();
	expect(screen.getByText(/Dit toestel raakt vol/)).toBeInTheDocument();
});

test('what has not been sent can be saved as a file; with everything sent there is nothing to save', async () => {
	const device = open();
	expect(screen.queryByRole('button', { name: 'Bewaar als bestand' })).toBeNull();
	await device.save([anObservation(1)]);
	const files: Blob[] = [];
	class URLWithFiles extends URL {
		static override createObjectURL = (file: Blob) => (files.push(file), 'blob:rescue');
		static override revokeObjectURL = () => undefined;
	}
	vi.stubGlobal('URL', URLWithFiles);
	await user.click(await screen.findByRole('button', { name: 'Bewaar als bestand' }));
	expect(await screen.findByText('Bewaard als rescue.json, bij je downloads.')).toBeInTheDocument();
	expect(await files[0]?.text()).toContain(anObservation(1).id);
	vi.unstubAllGlobals();
});
