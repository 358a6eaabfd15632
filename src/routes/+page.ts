import { redirect } from '@sveltejs/kit';
import { destinationsFor } from '#lib/features/shell/navigation.ts';
import type { PageLoad } from './$types';

/** Home is where a person's work starts. */
export const load: PageLoad = async ({ parent }) => {
	const { device } = await parent();
	const home = device.session ? (destinationsFor(device.session.roles)[0]?.href ?? '/capture') : '/sign-in';
	redirect(307, home);
};
