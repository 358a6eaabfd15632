import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Case } from '#domain/cases/case.ts';
import { DOCUMENT_SCHEMAS, type DocumentType, type DomainDocument } from '#domain/document.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation, Participant } from '#domain/observation/observation.ts';
import { Role } from '#domain/school/roster.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { can, maskFor, type Action } from './access.ts';
import type { AccessFacts, Actor } from './rules.ts';

/**
 * The access table written apart, in words: a grant is a row of words that must all hold; one grant suffices.
 * It knows nothing of `rules.ts`; whoever changes a right changes both, or this test says so.
 */
const TABLE: Readonly<Record<DocumentType, Readonly<Record<Action, readonly string[]>>>> = {
	school: { read: ['anyone'], create: [], revise: [] },
	site: { read: ['anyone'], create: [], revise: [] },
	group: { read: ['anyone'], create: [], revise: [] },
	pupil: { read: ['anyone'], create: [], revise: [] },
	place: { read: ['anyone'], create: [], revise: [] },
	calendar: { read: ['anyone'], create: [], revise: [] },
	person: { read: ['coordinator', 'teacher', 'oneself'], create: [], revise: [] },
	observation: {
		read: ['coordinator', 'teacher reported', 'reported fresh', 'teacher groupInAccount', 'teacher groupInProcessing'],
		create: ['newReporter'],
		revise: ['reported newReporter'],
	},
	withdrawal: {
		read: [
			'genuine coordinator',
			'genuine teacher reported',
			'genuine reported fresh',
			'genuine teacher groupInAccount',
			'genuine teacher groupInProcessing',
		],
		create: ['newWithdrawer reported', 'newWithdrawer noAccount'],
		revise: [],
	},
	processing: {
		read: ['coordinator', 'teacher groupInProcessing', 'teacher groupInAccount'],
		create: ['coordinator newProcessor'],
		revise: ['coordinator newProcessor'],
	},
	case: {
		read: ['unrestricted coordinator', 'member'],
		create: ['newOpener newMember coordinator', 'newOpener newMember teacher ownPupilInCase'],
		revise: [
			'unrestricted coordinator sameOpener openerStays',
			'member coordinator sameOpener openerStays',
			'opener sameOpener openerStays',
		],
	},
	...partsOfCase('caseEntry', 'followUp', 'followUpOutcome', 'caseVerdict', 'stepRecord', 'consent'),
	protocol: { read: ['coordinator', 'teacher'], create: ['coordinator newAuthor'], revise: [] },
	absence: {
		read: ['coordinator', 'teacher', 'absent'],
		create: ['newAuthor coordinator', 'newAuthor absent'],
		revise: [],
	},
	reminder: { read: ['hasCase unrestricted coordinator', 'hasCase member', 'owner'], create: [], revise: [] },
	analysis: { read: ['coordinator'], create: [], revise: [] },
	quarantineEntry: { read: ['coordinator', 'refused'], create: [], revise: [] },
	quarantineDecision: {
		read: ['coordinator', 'refused'],
		create: ['coordinator newDecider'],
		revise: ['coordinator newDecider onlyAnswered'],
	},
};

function partsOfCase<T extends DocumentType>(...types: T[]) {
	const rows = {
		read: ['hasCase unrestricted coordinator', 'hasCase member'],
		create: [
			'newAuthor hasCase unrestricted coordinator',
			'newAuthor hasCase member',
			'newAuthor noCase coordinator',
			'newAuthor noCase teacher',
		],
		revise: [],
	};
	return Object.fromEntries(types.map((type) => [type, rows])) as Record<T, typeof rows>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SUBJECT_ID = 1;

interface World {
	readonly actor: Actor;
	readonly type: DocumentType;
	readonly foreign: boolean;
	readonly author: number;
	readonly nextAuthor: number;
	readonly reporter: number;
	readonly accountThere: boolean;
	readonly ageMs: number;
	readonly told: readonly Participant[];
	readonly toldGroup: number | null;
	readonly processingThere: boolean;
	readonly corrected: readonly Participant[];
	readonly correctedGroup: number | null;
	readonly caseThere: boolean;
	readonly restricted: boolean;
	readonly opener: number;
	readonly members: readonly number[];
	readonly nextMembers: readonly number[];
	readonly casePupil: number;
	readonly groupOfPupil: readonly number[];
	readonly owner: number;
}

const someone = fc.integer({ min: 1, max: 2 });
const someGroup = fc.integer({ min: 1, max: 2 });
const somePupil = fc.integer({ min: 0, max: 3 });
const people = fc.uniqueArray(someone, { minLength: 1, maxLength: 2 });
const participants = fc.array(
	fc.oneof(
		somePupil.map((n): Participant => ({ role: 'victim', pupilId: anId('pupil', n) })),
		fc.constant<Participant>({ role: 'instigator', description: 'a tall boy' }),
	),
	{ maxLength: 2 },
);

const world: fc.Arbitrary<World> = fc.record({
	actor: fc.record({
		personId: someone.map((n) => anId('person', n)),
		schoolId: fc.constant(anId('school', 1)),
		roles: fc.constantFrom<Role[]>(
			['supervisor'],
			['teacher'],
			['coordinator'],
			['supervisor', 'teacher'],
			[...Role.options],
		),
		groupIds: fc.uniqueArray(
			someGroup.map((n) => anId('group', n)),
			{ maxLength: 2 },
		),
	}),
	type: fc.oneof(
		fc.constantFrom(...(Object.keys(DOCUMENT_SCHEMAS) as DocumentType[])),
		fc.constantFrom<DocumentType>('observation', 'withdrawal', 'processing', 'case', 'caseEntry'),
	),
	foreign: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
	author: someone,
	nextAuthor: someone,
	reporter: someone,
	accountThere: fc.boolean(),
	ageMs: fc.constantFrom(0, DAY_MS - 1, DAY_MS, 9 * DAY_MS),
	told: participants,
	toldGroup: fc.option(someGroup),
	processingThere: fc.boolean(),
	corrected: participants,
	correctedGroup: fc.option(someGroup),
	caseThere: fc.boolean(),
	restricted: fc.boolean(),
	opener: someone,
	members: people,
	nextMembers: people,
	casePupil: somePupil,
	groupOfPupil: fc.array(someGroup, { minLength: 4, maxLength: 4 }),
	owner: someone,
});

test('of every person, action and document the rules say what the table says', () => {
	fc.assert(
		fc.property(world, fc.constantFrom<Action>('read', 'create', 'revise'), (w, action) => {
			const { doc, next } = subjectOf(w);
			const expected =
				!w.foreign && TABLE[w.type][action].some((grant) => grant.split(' ').every((word) => holds(word, w)));
			const subject = action === 'create' ? next : doc;
			expect(can(w.actor, action, { doc: subject, next, facts: factsOf(w) })).toBe(expected);
		}),
		{ numRuns: 20_000 },
	);
});

test('a reader who is neither coordinator nor reporter never gets the reporter, in any field', () => {
	fc.assert(
		fc.property(world, (w) => {
			const { doc } = subjectOf({ ...w, type: 'observation', reporter: 3 });
			const reader = {
				...w.actor,
				personId: anId('person', 1),
				roles: w.actor.roles.filter((r) => r !== 'coordinator'),
			};
			const seen = JSON.stringify(maskFor(reader, { ...doc, toldBy: anId('pupil', 9) } as Observation));
			expect(seen).not.toContain(anId('person', 3));
			expect(seen).not.toContain(anId('pupil', 9));
		}),
	);
});

test('what is masked still is a document of its kind, and nothing is masked for a coordinator', () => {
	fc.assert(
		fc.property(world, (w) => {
			const { doc } = subjectOf(w);
			const masked = maskFor(w.actor, doc);
			for (const [field, value] of Object.entries(masked)) expect(doc).toHaveProperty([field], value);
			if (w.actor.roles.includes('coordinator')) expect(masked).toBe(doc);
		}),
	);
});

test('an action or a type that nobody thought of is denied', () => {
	const actor: Actor = {
		personId: anId('person', 1),
		schoolId: anId('school', 1),
		roles: ['coordinator'],
		groupIds: [],
	};
	const facts = factsOf(fc.sample(world, { numRuns: 1, seed: 1 })[0] as World);
	expect(can(actor, 'erase' as Action, { doc: anObservation(1), facts })).toBe(false);
	expect(can(actor, 'read', { doc: { ...anObservation(1), type: 'diary' } as unknown as DomainDocument, facts })).toBe(
		false,
	);
});

/** What one word of the table means in a world. */
function holds(word: string, w: World): boolean {
	const me = (n: number) => w.actor.personId === anId('person', n);
	const mine = (n: number) => w.actor.groupIds.includes(anId('group', n));
	const touches = (list: readonly Participant[], group: number | null) =>
		(group !== null && mine(group)) ||
		list.some((one) => 'pupilId' in one && mine(w.groupOfPupil[Number(one.pupilId.slice(-1))] ?? 0));
	const accountThere = w.type === 'observation' || w.accountThere;
	const processingThere = w.type === 'processing' || w.processingThere;
	const caseThere = w.type === 'case' || w.caseThere;
	const words: Record<string, boolean> = {
		anyone: true,
		coordinator: w.actor.roles.includes('coordinator'),
		teacher: w.actor.roles.includes('teacher'),
		oneself: me(SUBJECT_ID),
		reported: accountThere && me(w.reporter),
		fresh: w.ageMs < DAY_MS,
		noAccount: !accountThere,
		genuine: accountThere && w.author === w.reporter,
		newReporter: me(w.nextAuthor),
		newWithdrawer: me(w.nextAuthor),
		newProcessor: me(w.nextAuthor),
		newAuthor: me(w.nextAuthor),
		groupInAccount: accountThere && touches(w.told, w.toldGroup),
		groupInProcessing: processingThere && touches(w.corrected, w.correctedGroup),
		hasCase: caseThere,
		noCase: !caseThere,
		unrestricted: !w.restricted,
		absent: me(w.owner),
		member: w.members.some(me),
		opener: me(w.opener),
		newOpener: me(w.nextAuthor),
		newMember: w.nextMembers.some(me),
		sameOpener: w.nextAuthor === w.opener,
		openerStays: w.nextMembers.includes(w.opener),
		ownPupilInCase: mine(w.groupOfPupil[w.casePupil] ?? 0),
		owner: me(w.owner),
		refused: me(w.owner),
		newDecider: me(w.nextAuthor),
		onlyAnswered: w.author === 1,
	};
	const value = words[word];
	if (value === undefined) throw new Error(`The table uses an unknown word: ${word}`);
	return value;
}

function subjectOf(w: World): { doc: DomainDocument; next: DomainDocument } {
	const doc = documentBy(w.author, w);
	const next = documentBy(w.nextAuthor, { ...w, reporter: w.nextAuthor });
	if (w.type === 'case') Object.assign(doc, aCase(w), { schoolId: schoolIdOf(w) });
	if (w.type === 'case') Object.assign(next, { memberIds: w.nextMembers.map((n) => anId('person', n)) });
	return { doc, next };
}

/** Only the fields that rights look at; the rest of each document does not matter here. */
function documentBy(author: number, w: World): DomainDocument {
	const by = anId('person', author);
	const base = { type: w.type, id: idFor(w.type), schoolId: schoolIdOf(w), caseId: anId('case', 1) };
	const byType: Partial<Record<DocumentType, object>> = {
		school: { id: schoolIdOf(w) },
		observation: { ...accountIn(w), schoolId: schoolIdOf(w) },
		withdrawal: { observationId: anId('observation', 1), withdrawnBy: by },
		processing: { ...processingIn(w), processedBy: by },
		case: { ...aCase(w), schoolId: schoolIdOf(w), openedBy: by },
		caseEntry: { writtenBy: by },
		followUp: { setBy: by },
		followUpOutcome: { recordedBy: by },
		caseVerdict: { judgedBy: by },
		stepRecord: { recordedBy: by },
		consent: { recordedBy: by },
		protocol: { madeBy: by },
		absence: { recordedBy: by, personId: anId('person', w.owner) },
		reminder: { ownerId: anId('person', w.owner) },
		quarantineEntry: { authorId: anId('person', w.owner) },
		quarantineDecision: {
			authorId: anId('person', w.owner),
			decidedBy: by,
			decision: { kind: author === 1 ? 'answered' : 'accepted' },
		},
		pupil: { sex: 'girl' },
	};
	return { ...base, ...byType[w.type] } as unknown as DomainDocument;
}

function idFor(type: DocumentType): string {
	return anId(type, SUBJECT_ID);
}

function schoolIdOf(w: World) {
	return anId('school', w.foreign ? 2 : 1);
}

function accountIn(w: World): Observation {
	return anObservation(1, {
		reporterId: anId('person', w.reporter),
		participants: [...w.told],
		victimGroupId: w.toldGroup === null ? null : anId('group', w.toldGroup),
	});
}

function processingIn(w: World): Processing {
	return {
		observationId: anId('observation', 1),
		participants: w.corrected,
		victimGroupId: w.correctedGroup === null ? null : anId('group', w.correctedGroup),
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

function factsOf(w: World): AccessFacts {
	return {
		groupOf: (pupilId) => anId('group', w.groupOfPupil[Number(pupilId.slice(-1))] ?? 0),
		observation: () => (w.accountThere ? accountIn(w) : undefined),
		processingOf: () => (w.processingThere ? processingIn(w) : undefined),
		case: () => (w.caseThere ? aCase(w) : undefined),
		ageOf: () => w.ageMs,
	};
}
