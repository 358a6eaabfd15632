export type Theme = 'system' | 'light' | 'dark';

const STORAGE_KEY = 'theme';

let chosen: Theme = $state(kept());
show();

/** Light, dark, or as the device has it. Applied when this module loads, before the first paint of the app. */
export const theme = {
	get current(): Theme {
		return chosen;
	},
	set(value: Theme): void {
		chosen = value;
		try {
			localStorage.setItem(STORAGE_KEY, value);
		} catch {
			// Storage that is switched off: it holds until the page is closed.
		}
		show();
	},
};

function kept(): Theme {
	try {
		const value = localStorage.getItem(STORAGE_KEY);
		return value === 'light' || value === 'dark' ? value : 'system';
	} catch {
		return 'system';
	}
}

function show() {
	if (chosen === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = chosen;
}
