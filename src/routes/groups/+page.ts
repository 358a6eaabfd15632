import { seesEveryGroup } from '#domain/school/roles.ts';
import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** A teacher of one group is there at once. */
export const load: PageLoad = async ({ parent }) => {
	const { session } = (await parent()).device;
	const only = session && !seesEveryGroup(session) && session.groupIds.length === 1;
	if (only) redirect(307, `/groups/${session.groupIds[0]}`);
};
