import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DOCUMENT_SCHEMAS, type DocumentType, type DomainDocument } from '#domain/document.ts';
import type { Participant } from '#domain/observation/observation.ts';
import {
	anActor,
	aWorld,
	DAY_MS,
	factsOf,
	numberOf,
	SUBJECT_ID,
	subjectOf,
	type World,
} from '#tests/factories/access-world.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { can, maskFor, type Action } from './access.ts';
import type { Actor } from './rules.ts';
import { SCOPES } from './scopes.ts';
import { TABLE } from './table.ts';

const TYPES = Object.keys(DOCUMENT_SCHEMAS) as DocumentType[];
const ACTIONS = ['read', 'create', 'revise'] as const;
const ACTORS_PER_WORLD = 8;
const WORLDS = Math.ceil(200_000 / (TYPES.length * ACTIONS.length * ACTORS_PER_WORLD));

const COORDINATING = ['coordinator eventAtSite', 'generalCoordinator'];
const REPORTER = 'supervisor|teacher|coordinator|generalCoordinator|principal|counsellor|confidant';
const STAFF = 'teacher|coordinator|generalCoordinator|principal|counsellor|confidant';
const EVENT = [
	'supervisor reported fresh',
	`${STAFF} reported`,
	'teacher groupInAccount',
	'teacher groupInProcessing',
	'counsellor|confidant assignedPupil',
	'principal eventAtSite',
	...COORDINATING,
];
const ROSTER = [`administrator|device|${REPORTER} atSite`, 'generalCoordinator'];

/**
 * The access table written apart, in words: a grant is a row of words that must all hold, `|` between words of which
 * one must; one grant suffices. It knows nothing of `table.ts` and `scopes.ts`; whoever changes a right changes both,
 * or this test says so.
 */
const APART: Readonly<Record<DocumentType, Readonly<Record<Action, readonly string[]>>>> = {
	school: { read: ['anyone'], create: [], revise: [] },
	site: { read: ['anyone'], create: [], revise: [] },
	calendar: { read: [`device|administrator|board|${REPORTER}`], create: [], revise: [] },
	group: { read: ROSTER, create: [], revise: [] },
	pupil: { read: ROSTER, create: [], revise: [] },
	place: { read: [...ROSTER, 'publicReporter atSite'], create: [], revise: [] },
	person: {
		read: [`administrator|${STAFF}`, `board|${REPORTER} oneself`],
		create: ['administrator notOneself'],
		revise: ['administrator notOneself'],
	},
	observation: {
		read: EVENT,
		create: [`${REPORTER} newReporter`],
		revise: [`${REPORTER} reported newReporter`],
	},
	withdrawal: {
		read: EVENT.map((grant) => `genuine ${grant}`),
		create: [`${REPORTER} newWithdrawer reported`, `${REPORTER} newWithdrawer noAccount`],
		revise: [],
	},
	processing: {
		read: [
			'teacher groupInProcessing',
			'teacher groupInAccount',
			'counsellor|confidant assignedPupil',
			'principal eventAtSite',
			...COORDINATING,
		],
		create: COORDINATING.map((grant) => `${grant} newProcessor`),
		revise: COORDINATING.map((grant) => `${grant} newProcessor`),
	},
	case: {
		read: ['unrestricted coordinator|principal caseAtSite', 'unrestricted generalCoordinator', `${REPORTER} member`],
		create: [
			'newOpener newMember coordinator newCaseAtSite',
			'newOpener newMember generalCoordinator',
			'newOpener newMember teacher ownPupilInCase',
		],
		revise: [
			'unrestricted coordinator caseAtSite sameOpener openerStays',
			'unrestricted generalCoordinator sameOpener openerStays',
			'member coordinator|generalCoordinator sameOpener openerStays',
			`${REPORTER} opener sameOpener openerStays`,
		],
	},
	...partsOfCase('caseEntry', 'followUp', 'followUpOutcome', 'caseVerdict', 'consent'),
	stepRecord: {
		read: [...partsOfCase('stepRecord').stepRecord.read, `author invitedMe ${REPORTER}`],
		create: [...partsOfCase('stepRecord').stepRecord.create, `newAuthor invitedMe ${REPORTER}`],
		revise: [],
	},
	nonContract: {
		...partsOfCase('nonContract').nonContract,
		revise: [
			'sameAuthor hasCase unrestricted coordinator caseAtSite',
			'sameAuthor hasCase unrestricted generalCoordinator',
			`sameAuthor hasCase ${REPORTER} member`,
		],
	},
	stepInvitation: {
		...partsOfCase('stepInvitation').stepInvitation,
		read: [...partsOfCase('stepInvitation').stepInvitation.read, `${REPORTER} owner`],
	},
	protocol: {
		read: [STAFF],
		create: ['coordinator everySite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	absence: {
		read: [STAFF, `${REPORTER} owner`],
		create: ['coordinator authorAtSite newAuthor', 'generalCoordinator newAuthor', `${REPORTER} owner newAuthor`],
		revise: [],
	},
	reminder: {
		read: [
			'hasCase unrestricted coordinator caseAtSite',
			'hasCase unrestricted generalCoordinator',
			`hasCase ${REPORTER} member`,
			`${REPORTER} owner`,
		],
		create: [],
		revise: [],
	},
	analysis: { read: ['coordinator|principal everySite', 'generalCoordinator|board'], create: [], revise: [] },
	monthCounts: { read: ['coordinator|principal everySite', 'generalCoordinator|board'], create: [], revise: [] },
	statusDecision: {
		read: ['coordinator|principal caseAtSite', 'generalCoordinator'],
		create: ['coordinator caseAtSite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	measure: {
		read: ['coordinator|principal authorAtSite', 'generalCoordinator', `${REPORTER} owner`],
		create: ['coordinator authorAtSite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	keyFigures: {
		read: ['coordinator|principal everySite', 'generalCoordinator|board'],
		create: ['coordinator everySite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	round: {
		read: [`board|${REPORTER}`],
		create: ['coordinator|principal roundAtSite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	roundEntry: {
		read: ['coordinator|principal caseAtSite', 'generalCoordinator'],
		create: ['coordinator|principal caseAtSite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	roundSnapshot: {
		read: ['coordinator|principal roundAtSite', 'generalCoordinator|board'],
		create: ['coordinator|principal roundAtSite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	groupSession: {
		read: ['coordinator|principal roundAtSite', 'generalCoordinator', 'teacher ownGroup', `${STAFF} owner`],
		create: [
			'coordinator|principal roundAtSite newAuthor',
			'generalCoordinator newAuthor',
			'teacher ownGroup newAuthor',
		],
		revise: [],
	},
	thresholds: {
		read: [`board|${STAFF}`],
		create: ['coordinator everySite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	qualityCard: {
		read: ['coordinator|principal everySite', 'generalCoordinator|board'],
		create: ['coordinator|principal everySite newAuthor', 'generalCoordinator newAuthor'],
		revise: [],
	},
	signal: {
		read: [
			'coordinator caseAtSite',
			'generalCoordinator',
			'teacher ownPupilInCase',
			'counsellor|confidant assignedCasePupil',
			'confidant|principal moreSignals caseAtSite',
			`noted ${STAFF} author`,
			'noted supervisor author fresh',
		],
		create: [`noted newAuthor ${REPORTER}`],
		revise: [],
	},
	signalReview: {
		read: [
			'coordinator|principal|confidant caseAtSite',
			'generalCoordinator',
			'teacher ownPupilInCase',
			'counsellor assignedCasePupil',
		],
		create: [
			'newAuthor coordinator|confidant caseAtSite',
			'newAuthor generalCoordinator',
			'newAuthor teacher ownPupilInCase',
		],
		revise: [],
	},
	quarantineEntry: {
		read: ['coordinator authorAtSite refusedOfAll', 'generalCoordinator refusedOfAll', `${REPORTER} owner`],
		create: [],
		revise: [],
	},
	quarantineDecision: {
		read: ['coordinator authorAtSite decidedOfAll', 'generalCoordinator decidedOfAll', `${REPORTER} owner`],
		create: [
			'coordinator authorAtSite newDecider newlyDecidedOfAll',
			'generalCoordinator newDecider newlyDecidedOfAll',
		],
		revise: ['coordinator authorAtSite newDecider onlyAnswered', 'generalCoordinator newDecider onlyAnswered'],
	},
};

/** Fields with fewer readers than their document, written apart as well. */
const FIELDS_APART: Readonly<Record<string, readonly string[]>> = {
	'pupil.sex': ['coordinator|administrator atSite', 'generalCoordinator'],
	'observation.reporterId': [...COORDINATING, `${REPORTER} reported`],
	'observation.toldBy': [...COORDINATING, `${REPORTER} reported`],
	'withdrawal.withdrawnBy': [...COORDINATING, `${REPORTER} reported`],
	'processing.processedBy': COORDINATING,
	'processing.note': COORDINATING,
	'signal.notedBy': ['coordinator caseAtSite', 'generalCoordinator', `noted ${REPORTER} author`],
	'roundSnapshot.pupils': ['coordinator|principal roundAtSite', 'generalCoordinator'],
	'analysis.counters': ['coordinator|principal everySite', 'generalCoordinator'],
};

function partsOfCase<T extends DocumentType>(...types: T[]) {
	const rows = {
		read: [
			'hasCase unrestricted coordinator|principal caseAtSite',
			'hasCase unrestricted generalCoordinator',
			`hasCase ${REPORTER} member`,
		],
		create: [
			'newAuthor hasCase unrestricted coordinator caseAtSite',
			'newAuthor hasCase unrestricted generalCoordinator',
			`newAuthor hasCase ${REPORTER} member`,
			'newAuthor noCase teacher|coordinator|generalCoordinator',
		],
		revise: [],
	};
	return Object.fromEntries(types.map((type) => [type, rows])) as Record<T, typeof rows>;
}

test('of 200,000 persons, actions and documents the rules say what the table written apart says', () => {
	const actors = fc.array(anActor, { minLength: ACTORS_PER_WORLD, maxLength: ACTORS_PER_WORLD });
	let triples = 0;
	let granted = 0;
	fc.assert(
		fc.property(aWorld, actors, (w, all) => {
			const facts = factsOf(w);
			for (const type of TYPES) {
				const { doc, next } = subjectOf(type, w);
				for (const actor of all) {
					const holds = wordsIn(w, type, actor);
					for (const action of ACTIONS) {
						triples++;
						const expected = !w.foreign && APART[type][action].some(holds);
						const subject = action === 'create' ? next : doc;
						const actual = can(actor, action, { doc: subject, next, facts });
						if (actual) granted++;
						if (actual !== expected) {
							expect.fail(`${actor.roles.join('+')} ${action} ${type}: ${actual}, and apart it says ${expected}`);
						}
					}
				}
			}
		}),
		{ numRuns: WORLDS },
	);
	expect(triples).toBeGreaterThanOrEqual(200_000);
	expect(granted).toBeGreaterThan(triples / 10);
});

test('a reader gets every field the table written apart grants, and no other', () => {
	fc.assert(
		fc.property(aWorld, anActor, fc.constantFrom(...TYPES), (w, actor, type) => {
			const { doc } = subjectOf(type, { ...w, foreign: false });
			const facts = factsOf(w);
			const holds = wordsIn(w, type, actor);
			fc.pre(can(actor, 'read', { doc, facts }));
			const masked: object = maskFor(actor, doc, facts);
			for (const [field, value] of Object.entries(doc)) {
				const expected = FIELDS_APART[`${type}.${field}`]?.some(holds) ?? true;
				expect(can(actor, 'read', { doc, facts }, field)).toBe(expected);
				if (expected) expect(masked).toHaveProperty([field], value);
				else expect(masked).not.toHaveProperty([field]);
			}
			if (Object.keys(masked).length === Object.keys(doc).length) expect(masked).toBe(doc);
		}),
		{ numRuns: 3000 },
	);
});

test('an action, a type or a role that nobody thought of is denied', () => {
	const actor = { personId: anId('person', 1), schoolId: anId('school', 1), groupIds: [] };
	const roles = ['generalCoordinator'] as const;
	const facts = factsOf(fc.sample(aWorld, { numRuns: 1, seed: 1 })[0] as World);
	const doc = anObservation(1);
	expect(can({ ...actor, roles }, 'read', { doc, facts })).toBe(true);
	expect(can({ ...actor, roles }, 'erase' as Action, { doc, facts })).toBe(false);
	expect(can({ ...actor, roles }, '__proto__' as Action, { doc, facts })).toBe(false);
	expect(can({ ...actor, roles: ['caretaker' as 'board'] }, 'read', { doc, facts })).toBe(false);
	expect(can({ ...actor, roles: [] }, 'read', { doc, facts })).toBe(false);
	for (const type of ['diary', 'constructor', '__proto__']) {
		expect(can({ ...actor, roles }, 'read', { doc: { ...doc, type } as unknown as DomainDocument, facts })).toBe(false);
	}
});

test('every word the table grants by is a scope of that document', () => {
	for (const type of TYPES) {
		const { read, create, revise, fields = {} } = TABLE[type];
		for (const grants of [read, create, revise, ...Object.values<object>(fields)]) {
			for (const word of Object.keys(grants)) expect(SCOPES[type]).toHaveProperty(word);
		}
	}
});

/** Whether a grant of the table written apart holds in this world, for this actor. */
function wordsIn(w: World, type: DocumentType, actor: Actor): (grant: string) => boolean {
	const me = (n: number) => actor.personId === anId('person', n);
	const mine = (n: number) => actor.groupIds.includes(anId('group', n));
	const mySite = (n: number) => actor.siteIds?.includes(anId('site', n)) ?? true;
	const groupsIn = (list: readonly Participant[], group: number | null) => [
		...(group === null ? [] : [group]),
		...list.flatMap((one) => ('pupilId' in one ? (w.groupOfPupil[numberOf(one.pupilId)] ?? []) : [])),
	];
	const siteOf = (group: number) => w.siteOfGroup[group - 1] ?? 0;
	const someOfMine = (sites: readonly number[]) =>
		actor.siteIds === undefined || sites.length === 0 || sites.some(mySite);
	const accountThere = type === 'observation' || w.accountThere;
	const processingThere = type === 'processing' || w.processingThere;
	const told = groupsIn(w.told, w.toldGroup);
	const corrected = groupsIn(w.corrected, w.correctedGroup);
	// What is known decides; a version sent ahead only where nothing is known.
	const known = [...(w.accountThere ? [told] : []), ...(w.processingThere ? [corrected] : [])];
	const versions = known.length > 0 ? known : type === 'processing' ? [corrected] : [told];
	const eventSites = [...versions.flat().map(siteOf), ...(w.place === null ? [] : [w.place])];
	const ownSites: Partial<Record<DocumentType, number>> = {
		group: w.siteOfGroup[0] ?? 0,
		place: w.place ?? 1,
		pupil: siteOf(w.groupOfPupil[0] ?? 0),
	};
	const caseSite = siteOf(w.groupOfPupil[w.casePupil] ?? 0);
	const pupilsNamed = [...(accountThere ? w.told : []), ...(processingThere ? w.corrected : [])].flatMap((one) =>
		'pupilId' in one ? numberOf(one.pupilId) : [],
	);
	const assigned = w.assigned[numberOf(actor.personId ?? '0') - 1] ?? [];
	const words: Readonly<Record<string, boolean>> = {
		anyone: true,
		oneself: me(SUBJECT_ID),
		notOneself: !me(SUBJECT_ID),
		atSite: mySite(ownSites[type] ?? 0),
		everySite: actor.siteIds === undefined,
		eventAtSite: someOfMine(eventSites),
		caseAtSite: mySite(caseSite),
		roundAtSite: mySite(w.siteOfGroup[0] ?? 0),
		newCaseAtSite: mySite(caseSite),
		assignedPupil: pupilsNamed.some((n) => assigned.includes(n)),
		reported: accountThere && me(w.reporter),
		fresh: w.ageMs < DAY_MS,
		noAccount: !accountThere,
		genuine: accountThere && w.author === w.reporter,
		newReporter: me(w.nextAuthor),
		newWithdrawer: me(w.nextAuthor),
		newProcessor: me(w.nextAuthor),
		newAuthor: me(w.nextAuthor),
		groupInAccount: accountThere && told.some(mine),
		groupInProcessing: processingThere && corrected.some(mine),
		hasCase: type === 'case' || w.caseThere,
		noCase: !w.caseThere,
		unrestricted: !w.restricted,
		member: w.members.some(me),
		opener: me(w.opener),
		newOpener: me(w.nextAuthor),
		newMember: w.nextMembers.some(me),
		sameOpener: w.nextAuthor === w.opener,
		openerStays: w.nextMembers.includes(w.opener),
		ownPupilInCase: mine(w.groupOfPupil[w.casePupil] ?? 0),
		owner: me(w.owner),
		ownGroup: mine(1),
		authorAtSite: someOfMine(w.sitesOfOwner ?? []) || w.sitesOfOwner === null,
		newDecider: me(w.nextAuthor),
		onlyAnswered: w.author === 1,
		refusedOfAll: !w.full || (w.caseThere && !w.restricted),
		newlyDecidedOfAll: w.nextAuthor === 1 || !w.full || (w.caseThere && !w.restricted),
		decidedOfAll: w.author === 1 || !w.full || (w.caseThere && !w.restricted),
		author: me(w.author),
		noted: w.full,
		sameAuthor: w.author === w.nextAuthor,
		invitedMe: w.invited && me(w.owner),
		moreSignals: w.signals > 1,
		assignedCasePupil: assigned.includes(w.casePupil),
	};
	const isRole = (word: string) => (actor.roles as readonly string[]).includes(word);
	const holds = (word: string) => words[word] ?? isRole(word);
	return (grant) => grant.split(' ').every((part) => part.split('|').some(holds));
}
