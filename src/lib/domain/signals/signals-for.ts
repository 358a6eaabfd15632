import type { DocumentOf, DocumentType } from '#domain/document.ts';
import type { GroupId, PersonId, SiteId } from '#domain/id.ts';
import { isCoordinator } from '#domain/school/roles.ts';
import type { Person } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { repeatedSignals, type RepeatedSignals } from './repeated-signals.ts';
import type { SignalReview } from './signal.ts';

/** A device's replica, or the server's. */
interface Documents {
	get<T extends DocumentType>(type: T, id: string): DocumentOf<T> | undefined;
	all<T extends DocumentType>(type: T): readonly DocumentOf<T>[];
}

/** Where a pupil is at school. */
interface Whereabouts {
	readonly groupId: GroupId;
	readonly siteId: SiteId | undefined;
}

/**
 * Who is told when a pupil was noted about more than once: the confidants of that site, without any the coordinators, and who
 * teaches the group (DUK-06). By id.
 */
export function toldOfSignals({ groupId, siteId }: Whereabouts, people: Iterable<Person>): PersonId[] {
	const there = [...people].filter(({ hasLeft }) => !hasLeft);
	const atSite = there.filter(({ siteIds }) => !siteIds || siteId === undefined || siteIds.includes(siteId));
	const confidants = atSite.filter(isConfidant);
	const above = confidants.length > 0 ? confidants : atSite.filter(isCoordinator);
	const mentors = there.filter(({ roles, groupIds }) => roles.includes('teacher') && groupIds.includes(groupId));
	return [...new Set([...above, ...mentors].map(({ id }) => id))].sort();
}

/**
 * What this person is asked to look at. When a confidant or coordinator has looked it is settled for everybody; when a
 * teacher has, for that teacher only. A pupil who left is asked about no more.
 */
export function signalsFor(personId: PersonId, documents: Documents, today: LocalDate): RepeatedSignals[] {
	const people = documents.all('person');
	const roleOf = new Map(people.map((each) => [each.id, each]));
	const settles = ({ reviewedBy }: SignalReview) => {
		const reviewer = roleOf.get(reviewedBy);
		return reviewedBy === personId || (reviewer !== undefined && (isConfidant(reviewer) || isCoordinator(reviewer)));
	};
	const reviews = documents.all('signalReview').filter(settles);
	return repeatedSignals(documents.all('signal'), reviews, today).filter(({ pupilId, waits }) => {
		const pupil = documents.get('pupil', pupilId);
		if (!waits || !pupil || pupil.leftOn) return false;
		const { groupId } = pupil;
		return toldOfSignals({ groupId, siteId: documents.get('group', groupId)?.siteId }, people).includes(personId);
	});
}

function isConfidant({ roles }: Person): boolean {
	return roles.includes('confidant');
}
