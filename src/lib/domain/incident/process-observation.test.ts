import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BASKETS } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS } from '#domain/observation/behaviour.ts';
import { ParticipantRole } from '#domain/observation/observation.ts';
import { anId, anObservation, NOTED_AT } from '#tests/factories/school.ts';
import { inboxItem } from './inbox-items.ts';
import { foldIncidents } from './incidents.ts';
import {
	decide,
	draftOf,
	problemOf,
	replaceParticipant,
	revert,
	withBasket,
	withBehaviour,
	withoutParticipant,
	withParticipant,
} from './process-observation.ts';
import { Processing } from './processing.ts';

const STAMP = { by: anId('person', 9), at: NOTED_AT };
const asTold = (n = 1) => draftOf(inboxItem(anObservation(n), undefined));

test('a draft starts as it was told, with the form of the behaviour and the function left open', () => {
	expect(asTold()).toMatchObject({ forms: ['physical'], aggressionFunction: null, basket: 'orange', note: '' });
});

test('a confirmed draft is a valid document and can be read back into the same draft', () => {
	const draft = { ...asTold(), note: '  gesproken met beiden ', aggressionFunction: 'reactive' as const };
	const decided = decide(anObservation(1), draft, 'confirmed', STAMP);
	if (!decided.ok) throw new Error('should be confirmed');
	expect(Processing.safeParse(decided.value).success).toBe(true);
	expect(draftOf(inboxItem(anObservation(1), decided.value))).toEqual({ ...draft, note: 'gesproken met beiden' });
});

test('nothing picked, an instigator of something good and an endless note are refused', () => {
	const draft = asTold();
	expect(problemOf({ ...draft, behaviours: [] })).toEqual({ kind: 'noBehaviour' });
	expect(problemOf({ ...draft, basket: 'green' })).toEqual({ kind: 'greenWithInstigator' });
	expect(problemOf({ ...draft, note: 'a'.repeat(2001) })).toEqual({ kind: 'noteTooLong' });
	expect(decide(anObservation(1), { ...draft, behaviours: [] }, 'confirmed', STAMP).ok).toBe(false);
});

test('undoing a correction brings back the correction before it, not what was told', () => {
	const first = decide(anObservation(1), { ...asTold(), basket: 'red' }, 'confirmed', STAMP);
	if (!first.ok) throw new Error('should be confirmed');
	const before = inboxItem(anObservation(1), first.value);
	expect(revert(before, STAMP)).toMatchObject({ outcome: 'confirmed', basket: 'red' });
});

test('an observation that was put back counts as it was told', () => {
	const observation = anObservation(1);
	const [incident] = foldIncidents({
		observations: [observation],
		withdrawals: [],
		processings: [{ ...revert(inboxItem(observation, undefined), STAMP), basket: 'red' }],
	});
	expect(incident).toMatchObject({ basket: 'orange', processed: false });
});

test('a described child gets a name in place, and the same child twice in a role is once', () => {
	const described = withParticipant(asTold(), { role: 'bystander', description: 'jongen met rode jas' });
	const named = replaceParticipant(described, 2, { role: 'bystander', pupilId: anId('pupil', 3) });
	expect(named.participants[2]).toEqual({ role: 'bystander', pupilId: anId('pupil', 3) });
	expect(withParticipant(named, { role: 'victim', pupilId: anId('pupil', 2) }).participants).toHaveLength(3);
	expect(withoutParticipant(named, 2).participants).toEqual(asTold().participants);
});

test('a second form stays when only one of the two behaviours that give it is taken away', () => {
	const both = withBehaviour(withBehaviour(asTold(), 'tripping', true), 'gossip', true);
	expect(both.forms).toEqual(['physical', 'relational']);
	expect(withBehaviour(both, 'pushing', false).forms).toEqual(['physical', 'relational']);
	expect(withBehaviour(both, 'gossip', false).forms).toEqual(['physical']);
});

const draftEdits = fc.array(
	fc.oneof(
		fc.constantFrom(...BASKETS).map((basket) => (draft: ReturnType<typeof asTold>) => withBasket(draft, basket)),
		fc.tuple(fc.constantFrom(...BEHAVIOUR_IDS), fc.boolean()).map(
			([behaviour, on]) =>
				(draft: ReturnType<typeof asTold>) =>
					withBehaviour(draft, behaviour, on),
		),
		fc.tuple(fc.constantFrom(...ParticipantRole.options), fc.integer({ min: 1, max: 4 })).map(
			([role, n]) =>
				(draft: ReturnType<typeof asTold>) =>
					withParticipant(draft, { role, pupilId: anId('pupil', n) }),
		),
	),
	{ maxLength: 12 },
);

test('whatever is edited, a draft without a problem makes a valid document', () => {
	fc.assert(
		fc.property(draftEdits, (edits) => {
			const draft = edits.reduce((current, edit) => edit(current), asTold());
			const decided = decide(anObservation(1), draft, 'confirmed', STAMP);
			expect(decided.ok).toBe(problemOf(draft) === null);
			if (decided.ok && decided.value.behaviours.length <= 12)
				expect(Processing.safeParse(decided.value).success).toBe(true);
		}),
	);
});

test('moving to green turns every instigator and victim, and back again', () => {
	const pupils = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(pupils, fc.constantFrom('instigator', 'victim', 'bystander'), (numbers, role) => {
			const draft = { ...asTold(), participants: numbers.map((n) => ({ role, pupilId: anId('pupil', n) })) };
			const green = withBasket(draft, 'green');
			expect(green.participants.some((each) => each.role === 'instigator' || each.role === 'victim')).toBe(false);
			expect(withBasket(green, 'orange')).toEqual(draft);
		}),
	);
});
