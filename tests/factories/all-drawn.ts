import { waitFor } from '@testing-library/svelte';

/** Pages draw what stands below the first screenful in tasks of their own: until all of it is there. */
export async function allDrawn(): Promise<void> {
	await waitFor(() => {
		if (document.querySelector('[aria-busy="true"]')) throw new Error('Still being drawn');
	});
}
