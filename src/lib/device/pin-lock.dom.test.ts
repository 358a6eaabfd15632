import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { anId } from '#tests/factories/school.ts';
import { openKeys } from './device-keys.ts';
import { createPinLock } from './pin-lock.svelte.ts';
import { replacePin } from './pin-keys.ts';
import { SettingsDatabase } from './settings-database.ts';

const PERSON = anId('person', 1);
const RIGHT = '271828';
const MINUTE = 60_000;
const CHEAP = { memoryKib: 32, passes: 1 };

afterEach(() => vi.useRealTimers());

function setVisible(isVisible: boolean): void {
	Object.defineProperty(document, 'visibilityState', { value: isVisible ? 'visible' : 'hidden', configurable: true });
	document.dispatchEvent(new Event('visibilitychange'));
}

/** Somebody signed in, the app open before them. */
async function open({ withPin = true, isDemanded = false } = {}) {
	const settings = new SettingsDatabase();
	await settings.settings.clear();
	if (withPin) await replacePin(settings, PERSON, { current: null, next: RIGHT }, CHEAP);
	if (isDemanded) await settings.write('pinDemanded', PERSON);
	const told: string[] = [];
	const lock = createPinLock({
		settings,
		owner: () => PERSON,
		name: () => 'Noor',
		onLock: () => told.push('locked'),
		onOpen: async () => void told.push('open'),
		onGone: async () => void told.push('gone'),
	});
	await lock.begin(PERSON, false);
	return { settings, lock, pin: lock.forScreens, told };
}

test('out of sight for two minutes it locks, for less it does not', async () => {
	const { pin, told } = await open();
	vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
	setVisible(false);
	vi.advanceTimersByTime(2 * MINUTE - 1);
	setVisible(true);
	vi.advanceTimersByTime(MINUTE);
	expect(told).toEqual([]);
	setVisible(false);
	vi.advanceTimersByTime(2 * MINUTE);
	expect(told).toEqual(['locked']);
	expect(pin.locked).toBe(true);
	setVisible(true);
});

test('a page that was frozen meanwhile locks as soon as it is seen again', async () => {
	const { pin } = await open();
	vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
	setVisible(false);
	vi.setSystemTime(Date.now() + 2 * MINUTE);
	expect(pin.locked).toBe(false);
	setVisible(true);
	expect(pin.locked).toBe(true);
});

test('a phone the school handed out locks with its screen, and when nobody touches it', async () => {
	const { pin } = await open({ isDemanded: true });
	vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
	setVisible(false);
	vi.advanceTimersByTime(9_999);
	setVisible(true);
	expect(pin.locked).toBe(false);
	setVisible(false);
	vi.advanceTimersByTime(10_000);
	expect(pin.locked).toBe(true);
	setVisible(true);
	vi.useRealTimers();
	expect((await pin.unlock(RIGHT)).ok).toBe(true);

	vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
	document.dispatchEvent(new Event('pointerdown'));
	vi.advanceTimersByTime(2 * MINUTE - 1);
	document.dispatchEvent(new Event('pointerdown'));
	vi.advanceTimersByTime(2 * MINUTE - 1);
	expect(pin.locked).toBe(false);
	vi.advanceTimersByTime(1);
	expect(pin.locked).toBe(true);
});

test('a demanded PIN is due until it is chosen, and for nobody else who signs in here', async () => {
	const { pin, lock } = await open({ withPin: false });
	await pin.demand();
	expect([pin.isDemanded, pin.isDue]).toEqual([true, true]);
	lock.forget();
	await lock.begin(PERSON, false);
	expect(pin.isDue).toBe(true);
	await pin.replace(null, RIGHT);
	expect([pin.isDemanded, pin.isDue]).toEqual([true, false]);
	lock.forget();
	await lock.begin(anId('person', 2), false);
	expect(pin.isDemanded).toBe(false);
});

test('without a PIN there is nothing to lock', async () => {
	const { pin, told } = await open({ withPin: false });
	pin.lock();
	expect([pin.isSet, pin.locked, told]).toEqual([false, false, []]);
});

test('locked: the keys are gone from the page until the right PIN brings them back', async () => {
	const { lock, pin, told } = await open();
	pin.lock();
	expect(lock.keysOf(PERSON)).toBeUndefined();
	expect(await pin.unlock('314159')).toMatchObject({ ok: false, error: { kind: 'wrong', left: 9 } });
	expect(pin.locked).toBe(true);
	expect((await pin.unlock(RIGHT)).ok).toBe(true);
	expect(pin.locked).toBe(false);
	expect(lock.keysOf(PERSON)?.data).toBeInstanceOf(CryptoKey);
	expect(told).toEqual(['locked', 'open']);
});

test('a PIN is taken away by who knows it; a forgotten one takes the data key along', async () => {
	const { settings, pin, told } = await open();
	expect((await pin.replace('314159', null)).ok).toBe(false);
	expect(pin.isSet).toBe(true);
	expect((await pin.check('314159')).ok).toBe(false);
	expect((await pin.check(RIGHT)).ok).toBe(true);
	expect((await pin.replace(RIGHT, null)).ok).toBe(true);
	expect(pin.isSet).toBe(false);
	expect((await openKeys(settings, PERSON))?.data).toBeInstanceOf(CryptoKey);
	await pin.forget();
	expect(told).toEqual(['gone']);
});
