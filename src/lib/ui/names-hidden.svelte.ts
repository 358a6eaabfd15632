/** Kept on the device: who shares a screen today shares it tomorrow. */
const STORAGE_KEY = 'names-hidden';

let hidden = $state(kept());
show();

/** On a shared screen one tap blurs every child's name; `ui/Name` looks at the mark on the page. */
export const namesHidden = {
	get current(): boolean {
		return hidden;
	},
	set(value: boolean): void {
		hidden = value;
		try {
			localStorage.setItem(STORAGE_KEY, value ? 'yes' : 'no');
		} catch {
			// Storage that is switched off: it holds until the page is closed.
		}
		show();
	},
};

function kept(): boolean {
	try {
		return localStorage.getItem(STORAGE_KEY) === 'yes';
	} catch {
		return false;
	}
}

function show() {
	if (hidden) document.documentElement.dataset.names = 'hidden';
	else delete document.documentElement.dataset.names;
}
