import type { Role } from './roster.ts';

interface HasRoles {
	readonly roles: readonly Role[];
}

export function isCoordinating(role: string): boolean {
	return role === 'coordinator' || role === 'generalCoordinator';
}

/** Reads every account at the sites worked at, and knows who reported (M5-06, MEL-01). */
export function isCoordinator({ roles }: HasRoles): boolean {
	return roles.some(isCoordinating);
}

/** Not bound to groups of one's own: the coordinators, and the principal, who walks by every group (M5-13). */
export function seesEveryGroup(person: HasRoles): boolean {
	return isCoordinator(person) || person.roles.includes('principal');
}
