import type { Case } from '#domain/cases/case.ts';
import type { GroupId, ObservationId, PupilId, SiteId } from '#domain/id.ts';
import type { Participant } from '#domain/observation/observation.ts';
import type { AccessFacts, Actor } from './rules.ts';

/** What an account and its processing have in common: children, and the group it was aimed at. */
interface About {
	readonly participants: readonly Participant[];
	readonly victimGroupId: GroupId | null;
}

interface AboutWithPlace extends About {
	readonly placeId: Parameters<AccessFacts['siteOfPlace']>[0] | null;
}

/** A site nobody can name (no place, no child known by name) is everybody's: somebody must read it. */
export function worksAtOneOf(actor: Actor, sites: readonly (SiteId | undefined)[]): boolean {
	const { siteIds } = actor;
	if (siteIds === undefined) return true;
	const known = sites.filter((site) => site !== undefined);
	return known.length === 0 || known.some((site) => siteIds.includes(site));
}

function touchesOwnGroup(actor: Actor, about: About, facts: AccessFacts): boolean {
	if (about.victimGroupId !== null && actor.groupIds.includes(about.victimGroupId)) return true;
	return pupilsIn(about).some((pupilId) => isOwnPupil(actor, pupilId, facts));
}

/** Persons as told by the reporter or as the coordinator put them right (M5-07): both count. */
export function eventTouchesOwnGroup(actor: Actor, id: ObservationId, facts: AccessFacts, doc?: About): boolean {
	return versionsOf(id, facts, doc).some((version) => touchesOwnGroup(actor, version, facts));
}

export function eventTouchesOwnSite(
	actor: Actor,
	id: ObservationId,
	facts: AccessFacts,
	doc?: AboutWithPlace,
): boolean {
	// Nearly everybody works at every site there is: no need to look.
	if (actor.siteIds === undefined) return true;
	// Only who knows no account yet goes by what is sent: nobody reaches another site's account by what they write.
	const known = versionsOf<AboutWithPlace>(id, facts, undefined);
	const versions = known.length > 0 ? known : doc ? [doc] : [];
	return worksAtOneOf(
		actor,
		versions.flatMap((version) => sitesIn(version, facts)),
	);
}

export function eventTouchesAssigned(actor: Actor, id: ObservationId, facts: AccessFacts, doc?: About): boolean {
	if (actor.personId === null) return false;
	const assigned = facts.pupilsAssignedTo(actor.personId);
	return (
		assigned.size > 0 &&
		versionsOf(id, facts, doc).some((version) => pupilsIn(version).some((pupilId) => assigned.has(pupilId)))
	);
}

export function worksOn(actor: Actor, subject: Case | undefined): boolean {
	return actor.personId !== null && subject !== undefined && subject.memberIds.includes(actor.personId);
}

export function sitesOfCase(subject: Case, facts: AccessFacts): (SiteId | undefined)[] {
	return subject.pupils.map(({ pupilId }) => siteOfPupil(pupilId, facts));
}

export function isOwnPupil(actor: Actor, pupilId: PupilId, facts: AccessFacts): boolean {
	const group = facts.groupOf(pupilId);
	return group !== undefined && actor.groupIds.includes(group);
}

function versionsOf<D extends About>(
	id: ObservationId,
	facts: AccessFacts,
	doc: D | undefined,
): (D | AboutWithPlace)[] {
	return [doc, facts.observation(id), facts.processingOf(id)].filter((version) => version !== undefined);
}

function sitesIn({ participants, victimGroupId, placeId }: AboutWithPlace, facts: AccessFacts) {
	return [
		placeId === null ? undefined : facts.siteOfPlace(placeId),
		victimGroupId === null ? undefined : facts.siteOfGroup(victimGroupId),
		...pupilsIn({ participants, victimGroupId }).map((pupilId) => siteOfPupil(pupilId, facts)),
	];
}

function siteOfPupil(pupilId: PupilId, facts: AccessFacts): SiteId | undefined {
	const group = facts.groupOf(pupilId);
	return group && facts.siteOfGroup(group);
}

function pupilsIn({ participants }: About): PupilId[] {
	return participants.flatMap((one) => ('pupilId' in one ? [one.pupilId] : []));
}
