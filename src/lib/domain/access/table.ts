import { isSameAgreement } from '#domain/cases/non-contract.ts';
import type { DocumentOf, DocumentType } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import { Role } from '#domain/school/roster.ts';
import type { Actor, ActorRole } from './rules.ts';
import type { SCOPES } from './scopes.ts';

/** Within which scope who may: every role named under a scope's word may, where that word holds. */
export type Grants<S extends string> = { readonly [W in S]?: readonly ActorRole[] };

export interface DocumentAccess<D, S extends string> {
	readonly read: Grants<S>;
	readonly create: Grants<S>;
	readonly revise: Grants<S>;
	/** Fields that not everybody who reads the document may read or write. */
	readonly fields?: { readonly [F in keyof D]?: Grants<S> };
	/** Nobody writes in another's name, whatever the role. `current` is what it replaces. */
	readonly isGenuine?: (actor: Actor, next: D, current: D | null) => boolean;
}

type AccessTable = { readonly [T in DocumentType]: DocumentAccess<DocumentOf<T>, keyof (typeof SCOPES)[T] & string> };

export const ACTOR_ROLES: readonly ActorRole[] = [...Role.options, 'publicReporter', 'device'];

/** Who works with what children go through; each in a scope of their own. */
const STAFF = ['teacher', 'coordinator', 'generalCoordinator', 'principal', 'counsellor', 'confidant'] as const;
/** Whoever meets children can tell what they saw. */
const REPORTERS = ['supervisor', ...STAFF] as const;
const PEOPLE = Role.options;

const COORDINATORS = { ownSite: ['coordinator'], school: ['generalCoordinator'] } as const;
/** The steering group: principal and coordinators walk and weigh together (M5-16). */
const STEERING = { ownSite: ['coordinator', 'principal'], school: ['generalCoordinator'] } as const;
/** What a restricted protocol holds is for its few members only, no coordinator by role (DUK-07). */
const OPEN_TO_COORDINATORS = { openAtSite: ['coordinator'], open: ['generalCoordinator'] } as const;
const NOBODY = {} as const;

/** Names and places come from the school's own administration, not from a device. */
const ROSTER = { create: NOBODY, revise: NOBODY } as const;

const PART_OF_CASE = {
	read: { openAtSite: ['coordinator', 'principal'], open: ['generalCoordinator'], assigned: REPORTERS },
	create: { ...OPEN_TO_COORDINATORS, assigned: REPORTERS, ahead: ['teacher', 'coordinator', 'generalCoordinator'] },
	revise: NOBODY,
} as const;

const EVENT_READ = {
	ownToday: ['supervisor'],
	own: STAFF,
	ownGroup: ['teacher'],
	assigned: ['counsellor', 'confidant'],
	ownSite: ['coordinator', 'principal'],
	school: ['generalCoordinator'],
} as const;

/** Who reported reaches the coordinator only (M5-06), and of course the reporter. */
const REPORTER_KNOWN_TO = { ...COORDINATORS, own: REPORTERS } as const;

/** The one access table (D7), complete by type. What no line grants is denied. `docs/access.md` is made from it. */
export const TABLE: AccessTable = {
	school: { ...ROSTER, read: { school: ACTOR_ROLES } },
	site: { ...ROSTER, read: { school: ACTOR_ROLES } },
	calendar: { ...ROSTER, read: { school: [...PEOPLE, 'device'] } },
	group: { ...ROSTER, read: { ownSite: ['administrator', 'device', ...REPORTERS], school: ['generalCoordinator'] } },
	place: {
		...ROSTER,
		read: { ownSite: ['administrator', 'device', 'publicReporter', ...REPORTERS], school: ['generalCoordinator'] },
	},
	pupil: {
		...ROSTER,
		read: { ownSite: ['administrator', 'device', ...REPORTERS], school: ['generalCoordinator'] },
		fields: { sex: { ownSite: ['coordinator', 'administrator'], school: ['generalCoordinator'] } },
	},
	person: {
		read: { school: ['administrator', ...STAFF], oneself: PEOPLE },
		// Nobody widens their own rights.
		create: { others: ['administrator'] },
		revise: { others: ['administrator'] },
	},
	observation: {
		read: EVENT_READ,
		create: { own: REPORTERS },
		revise: { own: REPORTERS },
		fields: { reporterId: REPORTER_KNOWN_TO, toldBy: REPORTER_KNOWN_TO },
		isGenuine: (actor, next) => isBy(actor, next.reporterId),
	},
	withdrawal: {
		read: EVENT_READ,
		create: { own: REPORTERS, ahead: REPORTERS },
		revise: NOBODY,
		fields: { withdrawnBy: { ...REPORTER_KNOWN_TO, ahead: REPORTERS } },
		isGenuine: (actor, next) => isBy(actor, next.withdrawnBy),
	},
	processing: {
		read: {
			ownGroup: ['teacher'],
			assigned: ['counsellor', 'confidant'],
			ownSite: ['coordinator', 'principal'],
			school: ['generalCoordinator'],
		},
		create: COORDINATORS,
		revise: COORDINATORS,
		fields: { processedBy: COORDINATORS, note: COORDINATORS },
		isGenuine: (actor, next) => isBy(actor, next.processedBy),
	},
	case: {
		read: { openAtSite: ['coordinator', 'principal'], open: ['generalCoordinator'], assigned: REPORTERS },
		create: { ...COORDINATORS, ownPupil: ['teacher'] },
		revise: { ...OPEN_TO_COORDINATORS, assigned: ['coordinator', 'generalCoordinator'], opened: REPORTERS },
		isGenuine: (actor, next, current) =>
			next.memberIds.includes(next.openedBy) && (current ? isSameOpening(next, current) : isBy(actor, next.openedBy)),
	},
	caseEntry: { ...PART_OF_CASE, isGenuine: (actor, next) => isBy(actor, next.writtenBy) },
	followUp: { ...PART_OF_CASE, isGenuine: (actor, next) => isBy(actor, next.setBy) },
	followUpOutcome: { ...PART_OF_CASE, isGenuine: (actor, next) => isBy(actor, next.recordedBy) },
	caseVerdict: { ...PART_OF_CASE, isGenuine: (actor, next) => isBy(actor, next.judgedBy) },
	// Who was asked for one step does that one, and sees what was asked and the own answer: nothing else of the case (D7).
	stepRecord: {
		read: { ...PART_OF_CASE.read, invited: REPORTERS },
		create: { ...PART_OF_CASE.create, invited: REPORTERS },
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.recordedBy),
	},
	// What was agreed stands; who signed is ticked later.
	nonContract: {
		...PART_OF_CASE,
		revise: { ...OPEN_TO_COORDINATORS, assigned: REPORTERS },
		isGenuine: (actor, next, current) => (current ? isSameAgreement(next, current) : isBy(actor, next.writtenBy)),
	},
	stepInvitation: {
		read: { ...PART_OF_CASE.read, own: REPORTERS },
		create: PART_OF_CASE.create,
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.invitedBy),
	},
	consent: { ...PART_OF_CASE, isGenuine: (actor, next) => isBy(actor, next.recordedBy) },
	protocol: {
		read: { school: STAFF },
		// One policy for all sites (MEL-01).
		create: { everySite: ['coordinator'], school: ['generalCoordinator'] },
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.madeBy),
	},
	absence: {
		read: { school: STAFF, own: REPORTERS },
		create: { ...COORDINATORS, own: REPORTERS },
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.recordedBy),
	},
	// Who stands in for its owner works on the case as well, and has to find it there.
	reminder: { read: { ...OPEN_TO_COORDINATORS, assigned: REPORTERS, own: REPORTERS }, create: NOBODY, revise: NOBODY },
	analysis: {
		read: { everySite: ['coordinator', 'principal'], school: ['generalCoordinator', 'board'] },
		create: NOBODY,
		revise: NOBODY,
		// The board sees figures, never a child.
		fields: { counters: { everySite: ['coordinator', 'principal'], school: ['generalCoordinator'] } },
	},
	monthCounts: {
		read: { everySite: ['coordinator', 'principal'], school: ['generalCoordinator', 'board'] },
		create: NOBODY,
		revise: NOBODY,
	},
	// What was agreed about a pupil in the session of the team; the pupil is never told (M5-11).
	statusDecision: {
		read: { ownSite: ['coordinator', 'principal'], school: ['generalCoordinator'] },
		create: COORDINATORS,
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.decidedBy),
	},
	// Who watches has to know what for.
	measure: {
		read: { ownSite: ['coordinator', 'principal'], school: ['generalCoordinator'], own: REPORTERS },
		create: COORDINATORS,
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.decidedBy),
	},
	// Numbers only.
	keyFigures: {
		read: { everySite: ['coordinator', 'principal'], school: ['generalCoordinator', 'board'] },
		create: { everySite: ['coordinator'], school: ['generalCoordinator'] },
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.madeBy),
	},
	// When the rounds are is everybody's business; what is said and done in them is not (M5-13).
	round: {
		read: { school: [...REPORTERS, 'board'] },
		create: STEERING,
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.plannedBy),
	},
	roundEntry: {
		read: STEERING,
		create: STEERING,
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.writtenBy),
	},
	roundSnapshot: {
		read: { ...STEERING, school: ['generalCoordinator', 'board'] },
		create: STEERING,
		revise: NOBODY,
		// The board sees figures, never a child.
		fields: { pupils: STEERING },
		isGenuine: (actor, next) => isBy(actor, next.madeBy),
	},
	// Said about a group by who works with it; who takes over reads what was written for them (DUK-08, MEL-08).
	groupSession: {
		read: { ...STEERING, ownGroup: ['teacher'], own: STAFF },
		create: { ...STEERING, ownGroup: ['teacher'] },
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.writtenBy),
	},
	// Whoever sees figures must know by which rule; one rule for all sites.
	thresholds: {
		read: { school: [...STAFF, 'board'] },
		create: { everySite: ['coordinator'], school: ['generalCoordinator'] },
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.madeBy),
	},
	// A school weighs itself as a whole (M5-17).
	qualityCard: {
		read: { everySite: ['coordinator', 'principal'], school: ['generalCoordinator', 'board'] },
		create: { everySite: ['coordinator', 'principal'], school: ['generalCoordinator'] },
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.madeBy),
	},
	// One concern is between who noted it, who teaches the child and the coordinator; more than one is told further (DUK-06).
	signal: {
		read: {
			...COORDINATORS,
			ownPupil: ['teacher'],
			assigned: ['counsellor', 'confidant'],
			repeated: ['confidant', 'principal'],
			own: STAFF,
			ownToday: ['supervisor'],
		},
		create: { own: REPORTERS },
		revise: NOBODY,
		fields: { notedBy: REPORTER_KNOWN_TO },
		isGenuine: (actor, next) => isBy(actor, next.notedBy),
	},
	signalReview: {
		read: {
			ownSite: ['coordinator', 'principal', 'confidant'],
			school: ['generalCoordinator'],
			ownPupil: ['teacher'],
			assigned: ['counsellor'],
		},
		create: { ownSite: ['coordinator', 'confidant'], school: ['generalCoordinator'], ownPupil: ['teacher'] },
		revise: NOBODY,
		isGenuine: (actor, next) => isBy(actor, next.reviewedBy),
	},
	quarantineEntry: { read: { ...COORDINATORS, own: REPORTERS }, create: NOBODY, revise: NOBODY },
	quarantineDecision: {
		read: { ...COORDINATORS, own: REPORTERS },
		create: COORDINATORS,
		revise: { ownSiteAnswered: ['coordinator'], schoolAnswered: ['generalCoordinator'] },
		isGenuine: (actor, next) => isBy(actor, next.decidedBy),
	},
};

function isSameOpening(next: DocumentOf<'case'>, current: DocumentOf<'case'>): boolean {
	return next.openedBy === current.openedBy && next.openedAt === current.openedAt && next.protocol === current.protocol;
}

function isBy(actor: Actor, author: PersonId | undefined): boolean {
	return author !== undefined && author === actor.personId;
}
