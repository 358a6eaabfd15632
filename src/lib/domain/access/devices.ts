import { needsSecondFactor } from '#domain/accounts/second-factor.ts';
import type { Person } from '#domain/school/roster.ts';
import { worksAtOneOf } from './reach.ts';
import type { AccessFacts, Actor } from './rules.ts';
import type { Grants } from './table.ts';

/**
 * Who sees where a person is signed in, and may make such a device forget. No document: the server alone keeps it, so
 * it stands beside the table; default deny all the same (D7).
 */
export const DEVICES_OF_PERSON: Grants<'ownSite' | 'school'> = {
	ownSite: ['coordinator'],
	school: ['generalCoordinator', 'administrator'],
};

/** Whether this person looks after anybody's devices at all: whether there is such a page. */
export function looksAfterDevices({ roles }: Pick<Actor, 'roles'>): boolean {
	const granted = Object.values(DEVICES_OF_PERSON).flat();
	return roles.some((role) => granted.includes(role));
}

type Worker = Pick<Person, 'id' | 'schoolId'>;

/**
 * Whether a code on somebody's screen may let this person in on a phone. Not who needs two factors: holding up a phone
 * to a screen would be a way around the second.
 */
export function mayEnrolByCode({ roles, hasLeft }: Pick<Person, 'roles' | 'hasLeft'>): boolean {
	return !hasLeft && !needsSecondFactor(roles);
}

export function canManageDevices(actor: Actor, owner: Worker, facts: Pick<AccessFacts, 'sitesOf'>): boolean {
	if (actor.schoolId !== owner.schoolId) return false;
	const { ownSite = [], school = [] } = DEVICES_OF_PERSON;
	const has = (roles: readonly string[]) => actor.roles.some((role) => roles.includes(role));
	return has(school) || (has(ownSite) && worksAtOneOf(actor, facts.sitesOf(owner.id) ?? []));
}
