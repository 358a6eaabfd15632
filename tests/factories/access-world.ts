import fc from 'fast-check';
import type { AccessFacts, Actor, ActorRole } from '#domain/access/rules.ts';
import type { Case } from '#domain/cases/case.ts';
import type { DocumentType, DomainDocument } from '#domain/document.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation, Participant } from '#domain/observation/observation.ts';
import { Role } from '#domain/school/roster.ts';
import { anId, anObservation } from './school.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
export const SUBJECT_ID = 1;

/** A school small enough that every relation between a person and a document comes up often. */
export interface World {
	readonly foreign: boolean;
	readonly author: number;
	readonly nextAuthor: number;
	readonly reporter: number;
	readonly accountThere: boolean;
	readonly ageMs: number;
	readonly told: readonly Participant[];
	readonly toldGroup: number | null;
	readonly place: number | null;
	readonly processingThere: boolean;
	readonly corrected: readonly Participant[];
	readonly correctedGroup: number | null;
	readonly caseThere: boolean;
	readonly restricted: boolean;
	readonly opener: number;
	readonly members: readonly number[];
	readonly nextMembers: readonly number[];
	readonly casePupil: number;
	/** The group of pupils 0–3. */
	readonly groupOfPupil: readonly number[];
	/** The site of groups 1 and 2; place n lies at site n. */
	readonly siteOfGroup: readonly number[];
	readonly owner: number;
	/** Where the owner works; `null`: everywhere. */
	readonly sitesOfOwner: readonly number[] | null;
	/** Per person 1–2: the pupils of that person's cases. */
	readonly assigned: readonly (readonly number[])[];
	/** Whether the owner was asked for a step of the case. */
	readonly invited: boolean;
	/** How many signals others than who asks noted about the pupil. */
	readonly signals: number;
	/** Whether the document holds the fields that not everybody may have. */
	readonly full: boolean;
}

const one = fc.integer({ min: 1, max: 2 });
const somePupil = fc.integer({ min: 0, max: 3 });
const people = fc.uniqueArray(one, { minLength: 1, maxLength: 2 });
const participants = fc.array(
	fc.oneof(
		somePupil.map((n): Participant => ({ role: 'victim', pupilId: anId('pupil', n) })),
		fc.constant<Participant>({ role: 'instigator', description: 'a tall boy' }),
	),
	{ maxLength: 2 },
);

const ROLES: readonly ActorRole[] = [...Role.options, 'publicReporter', 'device'];

export const anActor: fc.Arbitrary<Actor> = fc
	.record({
		personId: one.map((n) => anId('person', n)),
		schoolId: fc.constant(anId('school', 1)),
		roles: fc.oneof(
			fc.constantFrom(...ROLES).map((role) => [role]),
			fc.uniqueArray(fc.constantFrom(...Role.options), { minLength: 1, maxLength: 3 }),
		),
		groupIds: fc.uniqueArray(one, { maxLength: 2 }).map((list) => list.map((n) => anId('group', n))),
		sites: fc.option(fc.uniqueArray(one, { minLength: 1, maxLength: 2 })),
	})
	.map(({ sites, ...actor }) => ({ ...actor, ...(sites && { siteIds: sites.map((n) => anId('site', n)) }) }));

export const aWorld: fc.Arbitrary<World> = fc.record({
	foreign: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
	author: one,
	nextAuthor: one,
	reporter: one,
	accountThere: fc.boolean(),
	ageMs: fc.constantFrom(0, DAY_MS - 1, DAY_MS, 9 * DAY_MS),
	told: participants,
	toldGroup: fc.option(one),
	place: fc.option(one),
	processingThere: fc.boolean(),
	corrected: participants,
	correctedGroup: fc.option(one),
	caseThere: fc.boolean(),
	restricted: fc.boolean(),
	opener: one,
	members: people,
	nextMembers: people,
	casePupil: somePupil,
	groupOfPupil: fc.array(one, { minLength: 4, maxLength: 4 }),
	siteOfGroup: fc.array(one, { minLength: 2, maxLength: 2 }),
	owner: one,
	sitesOfOwner: fc.option(fc.uniqueArray(one, { minLength: 1, maxLength: 2 })),
	assigned: fc.array(fc.uniqueArray(somePupil, { maxLength: 2 }), { minLength: 2, maxLength: 2 }),
	invited: fc.boolean(),
	signals: fc.integer({ min: 1, max: 3 }),
	full: fc.boolean(),
});

/** The document as it stands, and as somebody wants it to become. */
export function subjectOf(type: DocumentType, w: World): { doc: DomainDocument; next: DomainDocument } {
	const doc = documentBy(type, w.author, w);
	const next = documentBy(type, w.nextAuthor, { ...w, reporter: w.nextAuthor });
	if (type === 'case') Object.assign(doc, aCase(w), { schoolId: schoolIdOf(w) });
	if (type === 'case') Object.assign(next, { memberIds: w.nextMembers.map((n) => anId('person', n)) });
	return { doc, next };
}

/** Only the fields that rights look at; the rest of each document does not matter here. */
function documentBy(type: DocumentType, author: number, w: World): DomainDocument {
	const by = anId('person', author);
	const refused = w.full ? { type: 'caseEntry', caseId: anId('case', 1) } : { type: 'observation' };
	const base = { type, id: anId(type, SUBJECT_ID), schoolId: schoolIdOf(w), caseId: anId('case', 1) };
	const secrets = (fields: object) => (w.full ? fields : {});
	const byType: Partial<Record<DocumentType, object>> = {
		school: { id: schoolIdOf(w) },
		group: { siteId: anId('site', w.siteOfGroup[0] ?? 0) },
		place: { siteId: anId('site', w.place ?? 1) },
		pupil: { groupId: anId('group', w.groupOfPupil[0] ?? 0), ...secrets({ sex: 'girl' }) },
		observation: {
			...accountIn(w),
			schoolId: schoolIdOf(w),
			...secrets({ toldBy: anId('pupil', 1) }),
		},
		withdrawal: { observationId: anId('observation', 1), withdrawnBy: by },
		processing: { ...processingIn(w), processedBy: by, ...secrets({ note: 'checked' }) },
		case: { ...aCase(w), schoolId: schoolIdOf(w), openedBy: by },
		caseEntry: { writtenBy: by },
		followUp: { setBy: by },
		followUpOutcome: { recordedBy: by },
		caseVerdict: { judgedBy: by },
		stepRecord: { recordedBy: by, step: 'gather' },
		nonContract: { writtenBy: by },
		stepInvitation: { personId: anId('person', w.owner), invitedBy: by },
		consent: { recordedBy: by },
		protocol: { madeBy: by },
		absence: { recordedBy: by, personId: anId('person', w.owner) },
		reminder: { ownerId: anId('person', w.owner) },
		analysis: secrets({ counters: [] }),
		statusDecision: { decidedBy: by, pupilId: anId('pupil', w.casePupil) },
		measure: { decidedBy: by, watchedBy: anId('person', w.owner) },
		keyFigures: { madeBy: by },
		signal: { pupilId: anId('pupil', w.casePupil), ...(w.full ? { notedBy: by } : {}) },
		signalReview: { pupilId: anId('pupil', w.casePupil), reviewedBy: by },
		qualityCard: { madeBy: by },
		thresholds: { madeBy: by },
		groupSession: { writtenBy: by, groupId: anId('group', 1), forPersonId: anId('person', w.owner) },
		round: { plannedBy: by, siteId: anId('site', w.siteOfGroup[0] ?? 0) },
		roundEntry: { writtenBy: by, what: { kind: 'talked', pupilId: anId('pupil', w.casePupil), done: true } },
		roundSnapshot: { madeBy: by, siteId: anId('site', w.siteOfGroup[0] ?? 0), ...secrets({ pupils: [] }) },
		quarantineEntry: { authorId: anId('person', w.owner), item: JSON.stringify(refused) },
		quarantineDecision: {
			authorId: anId('person', w.owner),
			decidedBy: by,
			decision: author === 1 ? { kind: 'answered', text: 'a' } : { kind: 'accepted', document: refused },
		},
	};
	return { ...base, ...byType[type] } as unknown as DomainDocument;
}

export function factsOf(w: World): AccessFacts {
	return {
		groupOf: (pupilId) => anId('group', w.groupOfPupil[numberOf(pupilId)] ?? 0),
		siteOfGroup: (groupId) => anId('site', w.siteOfGroup[numberOf(groupId) - 1] ?? 0),
		siteOfPlace: (placeId) => anId('site', numberOf(placeId)),
		observation: () => (w.accountThere ? accountIn(w) : undefined),
		processingOf: () => (w.processingThere ? processingIn(w) : undefined),
		case: () => (w.caseThere ? aCase(w) : undefined),
		pupilsAssignedTo: (personId) => new Set((w.assigned[numberOf(personId) - 1] ?? []).map((n) => anId('pupil', n))),
		isInvited: (personId) => w.invited && personId === anId('person', w.owner),
		signalsAbout: () => w.signals,
		sitesOf: () => w.sitesOfOwner?.map((n) => anId('site', n)),
		ageOf: () => w.ageMs,
	};
}

export function numberOf(id: string): number {
	return Number(id.slice(-1));
}

function schoolIdOf(w: World) {
	return anId('school', w.foreign ? 2 : 1);
}

function accountIn(w: World): Observation {
	return anObservation(1, {
		reporterId: anId('person', w.reporter),
		participants: [...w.told],
		victimGroupId: w.toldGroup === null ? null : anId('group', w.toldGroup),
		placeId: w.place === null ? null : anId('place', w.place),
	});
}

function processingIn(w: World): Processing {
	return {
		observationId: anId('observation', 1),
		participants: w.corrected,
		victimGroupId: w.correctedGroup === null ? null : anId('group', w.correctedGroup),
		placeId: w.place === null ? null : anId('place', w.place),
	} as unknown as Processing;
}

function aCase(w: World): Case {
	return {
		protocol: w.restricted ? 'reportingCode' : 'fiveB',
		openedBy: anId('person', w.opener),
		openedAt: '2026-03-09T12:00:00.000Z',
		memberIds: w.members.map((n) => anId('person', n)),
		pupils: [{ pupilId: anId('pupil', w.casePupil), role: 'victim' }],
	} as unknown as Case;
}
