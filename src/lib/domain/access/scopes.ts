import { isRestricted, RESTRICTED_PROTOCOLS } from '#domain/cases/restricted.ts';
import type { DocumentOf, DocumentType } from '#domain/document.ts';
import type { CaseId, PersonId, PupilId, SiteId } from '#domain/id.ts';
import { REPEATED_FROM } from '#domain/signals/repeated-signals.ts';
import {
	eventTouchesAssigned,
	eventTouchesOwnGroup,
	eventTouchesOwnSite,
	isOwnPupil,
	sitesOfCase,
	worksAtOneOf,
	worksOn,
} from './reach.ts';
import { SUPERVISOR_KEEPS_MS, type AccessFacts, type Actor } from './rules.ts';

/** Whether this document lies within what the word says, for this actor. */
export type Within<D> = (actor: Actor, doc: D, facts: AccessFacts) => boolean;

const school: Within<unknown> = () => true;

/** The scopes of each kind of document: the words that `table.ts` grants by. */
export const SCOPES = {
	school: { school },
	site: { school },
	calendar: { school },
	group: { school, ownSite: (actor, doc) => worksAtOneOf(actor, [doc.siteId]) },
	place: { school, ownSite: (actor, doc) => worksAtOneOf(actor, [doc.siteId]) },
	pupil: { school, ownSite: (actor, doc, facts) => worksAtOneOf(actor, [facts.siteOfGroup(doc.groupId)]) },
	person: {
		school,
		oneself: (actor, doc) => doc.id === actor.personId,
		others: (actor, doc) => doc.id !== actor.personId,
	},
	observation: {
		school,
		ownSite: (actor, doc, facts) => eventTouchesOwnSite(actor, doc.id, facts, doc),
		ownGroup: (actor, doc, facts) => eventTouchesOwnGroup(actor, doc.id, facts, doc),
		assigned: (actor, doc, facts) => eventTouchesAssigned(actor, doc.id, facts, doc),
		own: (actor, doc) => isBy(actor, doc.reporterId),
		ownToday: (actor, doc, facts) => isBy(actor, doc.reporterId) && facts.ageOf(doc.id) < SUPERVISOR_KEEPS_MS,
	},
	withdrawal: {
		school: whenGenuine(school),
		ownSite: whenGenuine((actor, doc, facts) => eventTouchesOwnSite(actor, doc.observationId, facts)),
		ownGroup: whenGenuine((actor, doc, facts) => eventTouchesOwnGroup(actor, doc.observationId, facts)),
		assigned: whenGenuine((actor, doc, facts) => eventTouchesAssigned(actor, doc.observationId, facts)),
		own: whenGenuine((actor, doc) => isBy(actor, doc.withdrawnBy)),
		ownToday: whenGenuine(
			(actor, doc, facts) => isBy(actor, doc.withdrawnBy) && facts.ageOf(doc.observationId) < SUPERVISOR_KEEPS_MS,
		),
		ahead: (_actor, doc, facts) => facts.observation(doc.observationId) === undefined,
	},
	processing: {
		school,
		ownSite: (actor, doc, facts) => eventTouchesOwnSite(actor, doc.observationId, facts, doc),
		ownGroup: (actor, doc, facts) => eventTouchesOwnGroup(actor, doc.observationId, facts, doc),
		assigned: (actor, doc, facts) => eventTouchesAssigned(actor, doc.observationId, facts, doc),
	},
	case: {
		open: (_actor, doc) => !isRestricted(doc),
		openAtSite: (actor, doc, facts) => !isRestricted(doc) && worksAtOneOf(actor, sitesOfCase(doc, facts)),
		school,
		ownSite: (actor, doc, facts) => worksAtOneOf(actor, sitesOfCase(doc, facts)),
		ownPupil: (actor, doc, facts) => doc.pupils.some(({ pupilId }) => isOwnPupil(actor, pupilId, facts)),
		opened: (actor, doc) => isBy(actor, doc.openedBy),
		assigned: (actor, doc) => worksOn(actor, doc),
	},
	caseEntry: partOfCase(),
	followUp: partOfCase(),
	followUpOutcome: partOfCase(),
	caseVerdict: partOfCase(),
	stepRecord: {
		...partOfCase(),
		invited: (actor, doc, facts) =>
			isBy(actor, doc.recordedBy) && facts.isInvited(doc.recordedBy, doc.caseId, doc.step),
	},
	nonContract: partOfCase(),
	stepInvitation: { ...partOfCase(), own: (actor, doc) => isBy(actor, doc.personId) },
	consent: partOfCase(),
	protocol: { school, everySite: (actor) => actor.siteIds === undefined },
	absence: {
		school,
		ownSite: (actor, doc, facts) => worksAtOneOf(actor, facts.sitesOf(doc.personId) ?? []),
		own: (actor, doc) => isBy(actor, doc.personId),
	},
	reminder: { ...partOfCase(), own: (actor, doc) => isBy(actor, doc.ownerId) },
	analysis: { school, everySite: (actor) => actor.siteIds === undefined },
	monthCounts: { school, everySite: (actor) => actor.siteIds === undefined },
	statusDecision: { school, ownSite: (actor, doc, facts) => worksAtOneOf(actor, [siteOfPupil(doc.pupilId, facts)]) },
	measure: {
		school,
		ownSite: (actor, doc, facts) => worksAtOneOf(actor, facts.sitesOf(doc.watchedBy) ?? []),
		own: (actor, doc) => isBy(actor, doc.watchedBy),
	},
	keyFigures: { school, everySite: (actor) => actor.siteIds === undefined },
	round: { school, ownSite: (actor, doc) => worksAtOneOf(actor, [doc.siteId ?? undefined]) },
	roundEntry: { school, ownSite: (actor, doc, facts) => worksAtOneOf(actor, [siteOfRoundEntry(doc, facts)]) },
	roundSnapshot: { school, ownSite: (actor, doc) => worksAtOneOf(actor, [doc.siteId]) },
	groupSession: {
		school,
		ownSite: (actor, doc, facts) => worksAtOneOf(actor, [facts.siteOfGroup(doc.groupId)]),
		ownGroup: (actor, doc) => actor.groupIds.includes(doc.groupId),
		own: (actor, doc) => doc.forPersonId !== null && isBy(actor, doc.forPersonId),
	},
	thresholds: { school, everySite: (actor) => actor.siteIds === undefined },
	qualityCard: { school, everySite: (actor) => actor.siteIds === undefined },
	signal: {
		...aboutPupil(),
		own: (actor, doc) => isBy(actor, doc.notedBy),
		ownToday: (actor, doc, facts) => isBy(actor, doc.notedBy) && facts.ageOf(doc.id) < SUPERVISOR_KEEPS_MS,
		// One's own does not count: noting one would be a way to read what somebody else noted.
		repeated: (actor, doc, facts) =>
			facts.signalsAbout(doc.pupilId, actor.personId) >= REPEATED_FROM &&
			worksAtOneOf(actor, [siteOfPupil(doc.pupilId, facts)]),
	},
	signalReview: aboutPupil(),
	quarantineEntry: refusedItem<DocumentOf<'quarantineEntry'>>(({ item }) => item),
	quarantineDecision: {
		...refusedItem<DocumentOf<'quarantineDecision'>>(({ decision }) => JSON.stringify(decision)),
		// What was accepted is a document now; an answer may be thought over.
		ownSiteAnswered: (actor, doc, facts) =>
			doc.decision.kind === 'answered' && worksAtOneOf(actor, facts.sitesOf(doc.authorId) ?? []),
		schoolAnswered: (_actor, doc) => doc.decision.kind === 'answered',
	},
} satisfies { readonly [T in DocumentType]: Readonly<Record<string, Within<DocumentOf<T>>>> };

/** What follows a case: it is read and written by whoever works on that case. */
function partOfCase() {
	type Part = { readonly caseId: CaseId };
	return {
		open(_actor, doc, facts) {
			const parent = facts.case(doc.caseId);
			return parent !== undefined && !isRestricted(parent);
		},
		openAtSite(actor, doc, facts) {
			const parent = facts.case(doc.caseId);
			return parent !== undefined && !isRestricted(parent) && worksAtOneOf(actor, sitesOfCase(parent, facts));
		},
		assigned: (actor, doc, facts) => worksOn(actor, facts.case(doc.caseId)),
		/** Nothing needs a parent to arrive first (D4): who may open cases may send a part ahead of its case. */
		ahead: (_actor, doc, facts) => facts.case(doc.caseId) === undefined,
	} satisfies Record<string, Within<Part>>;
}

/** What was noted about one child. */
function aboutPupil() {
	type About = { readonly pupilId: PupilId };
	return {
		school,
		ownSite: (actor, doc, facts) => worksAtOneOf(actor, [siteOfPupil(doc.pupilId, facts)]),
		ownPupil: (actor, doc, facts) => isOwnPupil(actor, doc.pupilId, facts),
		assigned: (actor, doc, facts) => actor.personId !== null && facts.pupilsAssignedTo(actor.personId).has(doc.pupilId),
	} satisfies Record<string, Within<About>>;
}

/**
 * What was refused belongs to who sent it, and to the coordinator where that person works (D3); what hangs on a case of a
 * few, to who sent it alone.
 * @param textOf what was refused, or was made of it, as JSON.
 */
function refusedItem<Doc extends { readonly authorId: PersonId }>(textOf: (doc: Doc) => string) {
	return {
		school: (_actor, doc, facts) => !isOfRestrictedCase(textOf(doc), facts),
		own: (actor, doc) => isBy(actor, doc.authorId),
		ownSite: (actor, doc, facts) =>
			worksAtOneOf(actor, facts.sitesOf(doc.authorId) ?? []) && !isOfRestrictedCase(textOf(doc), facts),
	} satisfies Record<string, Within<Doc>>;
}

const CASE_IDS = /\bcas_[0-9A-HJKMNP-TV-Z]{26}\b/g;
const RESTRICTED_CASE = new RegExp(`"protocol":"(?:${RESTRICTED_PROTOCOLS.join('|')})"`);

/** Also of a case that is not there: it may have been refused itself, and nobody can tell what it was. */
function isOfRestrictedCase(text: string, facts: AccessFacts): boolean {
	if (RESTRICTED_CASE.test(text)) return true;
	return (text.match(CASE_IDS) ?? []).some((id) => {
		const standing = facts.case(id as CaseId);
		return standing ? isRestricted(standing) : !text.includes('"type":"case"');
	});
}

/** Only the reporter takes an account back: what somebody else wrote in advance stays unread by all. */
function whenGenuine(within: Within<DocumentOf<'withdrawal'>>): Within<DocumentOf<'withdrawal'>> {
	return (actor, doc, facts) => {
		const account = facts.observation(doc.observationId);
		return account !== undefined && account.reporterId === doc.withdrawnBy && within(actor, doc, facts);
	};
}

function siteOfRoundEntry({ what }: DocumentOf<'roundEntry'>, facts: AccessFacts): SiteId | undefined {
	if ('pupilId' in what) return siteOfPupil(what.pupilId, facts);
	return 'groupId' in what && what.groupId !== null ? facts.siteOfGroup(what.groupId) : undefined;
}

function siteOfPupil(pupilId: PupilId, facts: AccessFacts): SiteId | undefined {
	const group = facts.groupOf(pupilId);
	return group && facts.siteOfGroup(group);
}

function isBy(actor: Actor, author: PersonId | undefined): boolean {
	return author !== undefined && author === actor.personId;
}
