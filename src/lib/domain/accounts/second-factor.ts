import type { Role } from '#domain/school/roster.ts';

/** Who reads or rules over the whole school shows two things (M5-18). */
const NEED_SECOND_FACTOR: ReadonlySet<Role> = new Set([
	'coordinator',
	'generalCoordinator',
	'principal',
	'confidant',
	'counsellor',
	'administrator',
]);

export function needsSecondFactor(roles: readonly Role[]): boolean {
	return roles.some((role) => NEED_SECOND_FACTOR.has(role));
}
