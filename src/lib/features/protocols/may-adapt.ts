import type { Session } from '#domain/session.ts';

/** As the access table has it: one policy for all sites (MEL-01), so who works at every one of them. */
export function mayAdapt(session: Session | null): boolean {
	if (!session) return false;
	return (
		session.roles.includes('generalCoordinator') ||
		(session.roles.includes('coordinator') && session.siteIds === undefined)
	);
}
