import { expect, test } from 'vitest';
import { keepFieldsToOurselves } from './unremembered-fields.ts';

test('no browser remembers a field, whenever it came, unless the field says so itself', async () => {
	document.body.innerHTML = '<textarea id="first"></textarea>';
	keepFieldsToOurselves();
	const later = document.createElement('form');
	later.innerHTML = '<label>a <input id="inside"></label><input id="named" autocomplete="username">';
	document.body.append(later, Object.assign(document.createElement('select'), { id: 'alone' }));
	const says = (id: string) => document.getElementById(id)?.getAttribute('autocomplete');
	await expect.poll(() => ['first', 'inside', 'alone', 'named'].map(says)).toEqual(['off', 'off', 'off', 'username']);
});
