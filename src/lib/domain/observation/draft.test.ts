import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexRoster } from '#domain/school/roster-index.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { aGroup, anId, anObservation, aPlace, aPupil, NOTED_AT } from '#tests/factories/school.ts';
import { BASKETS } from './basket.ts';
import { BEHAVIOUR_IDS, traitsOf } from './behaviour.ts';
import {
	basketOf,
	choose,
	chooseBasket,
	childrenIn,
	describeChild,
	emptyDraft,
	ObservationDraft,
	openSlots,
	toggleBehaviour,
	toggleChild,
	toggleHandling,
	toggleInstigatorUnseen,
	toggleMeans,
	toggleNobodyAimedAt,
	toggleVictimGroup,
	victimGroupOf,
	type DraftRole,
} from './draft.ts';
import { draftOf, sameAgain, toObservation, type DraftContext } from './finish-draft.ts';
import { Handling, Means, Observation } from './observation.ts';
import { whenAt, whenFor } from './when.ts';

const NOW = '2026-03-09T12:20' as LocalDateTime;
const roster = indexRoster({
	groups: [aGroup(6), aGroup(8, '8B')],
	pupils: [aPupil(1, 'Daan'), aPupil(2, 'Noor'), aPupil(3, 'Yara', 8), aPupil(4, 'Sem', 8)],
	places: [aPlace(1, 'Klimrek', 'climbingFrame'), aPlace(2, 'Groepsapp', 'online')],
});
const context: DraftContext = {
	schoolId: anId('school', 1),
	reporterId: anId('person', 1),
	zone: 'Europe/Amsterdam',
	now: NOW,
	notedAt: NOTED_AT,
	roster,
};
const pupil = (n: number) => ({ pupilId: anId('pupil', n) });
const empty = emptyDraft({ id: anId('observation', 1), placeId: anId('place', 1), when: whenFor('now', NOW) });
const commonest = [
	(draft: ObservationDraft) => toggleChild(draft, pupil(1), 'instigator'),
	(draft: ObservationDraft) => toggleChild(draft, pupil(2), 'victim'),
	(draft: ObservationDraft) => toggleBehaviour(draft, 'pushing'),
].reduce((draft, step) => step(draft), empty);

function finished(draft: ObservationDraft): Observation {
	const result = toObservation(draft, context);
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}

test('the commonest observation takes three choices', () => {
	expect(openSlots(empty, roster)).toEqual(['who', 'victim', 'what']);
	expect(finished(commonest)).toEqual(
		anObservation(1, { occurredAt: NOW, participants: commonest.participants, basket: 'orange' }),
	);
});

test('a child has one part: a tap in another part moves it, a second tap takes it out', () => {
	const moved = toggleChild(toggleChild(empty, pupil(1), 'instigator'), pupil(1), 'victim');
	expect(moved.participants).toEqual([{ role: 'victim', ...pupil(1) }]);
	expect(toggleChild(moved, pupil(1), 'victim').participants).toEqual([]);
});

test('two unknown children may look alike', () => {
	const both = describeChild(describeChild(empty, ' rode jas ', 'instigator'), 'rode jas', 'victim');
	expect(both.participants).toEqual([
		{ role: 'instigator', description: 'rode jas' },
		{ role: 'victim', description: 'rode jas' },
	]);
	expect(describeChild(both, 'rode jas', 'victim')).toEqual(both);
	expect(describeChild(both, '   ', 'victim')).toEqual(both);
});

test('behaviour against the group proposes the group of the instigator as victim, until somebody else is chosen', () => {
	const alone = toggleChild(empty, pupil(3), 'instigator');
	const disturbing = toggleBehaviour(alone, 'disturbingLesson');
	expect(openSlots(disturbing, roster)).toEqual([]);
	expect(finished(disturbing).victimGroupId).toBe(anId('group', 8));
	expect(finished(toggleChild(disturbing, pupil(4), 'victim')).victimGroupId).toBeNull();
	expect(finished(toggleVictimGroup(disturbing, anId('group', 6))).victimGroupId).toBe(anId('group', 6));
	expect(finished(toggleNobodyAimedAt(disturbing)).victimGroupId).toBeNull();
	expect(victimGroupOf(toggleBehaviour(disturbing, 'disturbingLesson'), roster)).toBeNull();
});

test('an unseen instigator and nobody it was aimed at are answers too, and are taken back by a choice', () => {
	const unseen = toggleInstigatorUnseen(commonest);
	expect(finished(unseen).participants).toEqual([{ role: 'victim', ...pupil(2) }]);
	expect(toggleChild(unseen, pupil(1), 'instigator').instigatorUnseen).toBe(false);
	const nobody = toggleNobodyAimedAt(commonest);
	expect(finished(nobody).participants).toEqual([{ role: 'instigator', ...pupil(1) }]);
	expect(toggleVictimGroup(nobody, anId('group', 6)).nobodyAimedAt).toBe(false);
});

test('the behaviours propose a basket until a person chooses', () => {
	expect(basketOf(empty)).toBeNull();
	expect(basketOf(toggleBehaviour(commonest, 'threat'))).toBe('red');
	const chosen = chooseBasket(commonest, 'yellow');
	expect(basketOf(toggleBehaviour(chosen, 'threat'))).toBe('yellow');
});

test('good behaviour and behaviour that went too far never stand in one observation', () => {
	const turned = toggleBehaviour(chooseBasket(commonest, 'red'), 'helping');
	expect(turned.behaviours).toEqual(['helping']);
	expect(basketOf(turned)).toBe('green');
	expect(finished(turned).participants).toEqual([
		{ role: 'contributor', ...pupil(1) },
		{ role: 'beneficiary', ...pupil(2) },
	]);
	expect(openSlots(chooseBasket(commonest, 'green'), roster)).toEqual(['what']);
});

test('good behaviour needs nobody it was done for', () => {
	const draft = toggleBehaviour(toggleChild(empty, pupil(1), 'instigator'), 'makingUp');
	expect(openSlots(draft, roster)).toEqual([]);
});

test('what is open is said, and a moment to come is refused', () => {
	expect(toObservation(empty, context)).toEqual({
		ok: false,
		error: { kind: 'open', slots: ['who', 'victim', 'what'] },
	});
	const tomorrow = choose(commonest, { when: whenAt('2026-03-10T09:00' as LocalDateTime, NOW) });
	expect(toObservation(tomorrow, context)).toEqual({ ok: false, error: { kind: 'inFuture' } });
});

test('a place must be chosen where there are places, unless it was outside school', () => {
	const nowhere = choose(commonest, { placeId: null });
	expect(openSlots(nowhere, roster)).toEqual(['place']);
	expect(openSlots(nowhere, indexRoster({ groups: [], pupils: [], places: [] }))).toEqual([]);
	expect(finished(choose(nowhere, { outsideSchool: true }))).toMatchObject({ placeId: null, outsideSchool: true });
});

test('what happened at an online place is digital', () => {
	expect(finished(choose(commonest, { placeId: anId('place', 2) })).digital).toBe(true);
});

test('"nothing done" stands alone', () => {
	const done = toggleHandling(toggleHandling(empty, 'spoken'), 'separated');
	expect(toggleHandling(done, 'none').handling).toEqual(['none']);
	expect(toggleHandling(toggleHandling(done, 'none'), 'comforted').handling).toEqual(['comforted']);
});

test('the same again copies who, what and where, and not the words that belonged to the first', () => {
	const first = finished(choose(commonest, { note: 'bij de glijbaan', motive: 'de bal', toldBy: anId('pupil', 4) }));
	const later = '2026-03-09T12:30' as LocalDateTime;
	const again = sameAgain(first, { id: anId('observation', 2), when: whenFor('now', later) });
	expect(finished(choose(again, { when: whenFor('now', NOW) }))).toEqual(finished({ ...commonest, id: again.id }));
	expect(again.when.at).toBe(later);
});

const aRole = fc.constantFrom<DraftRole>('instigator', 'victim', 'bystander');
/** Any tap a person can make, as a function from draft to draft. */
const aTap: fc.Arbitrary<(draft: ObservationDraft) => ObservationDraft> = fc.oneof(
	fc.tuple(fc.integer({ min: 1, max: 4 }), aRole).map(
		([n, role]) =>
			(draft: ObservationDraft) =>
				toggleChild(draft, pupil(n), role),
	),
	fc.tuple(fc.constantFrom('rode jas', 'bril', ' '), aRole).map(
		([words, role]) =>
			(draft: ObservationDraft) =>
				describeChild(draft, words, role),
	),
	fc.constantFrom(...BEHAVIOUR_IDS).map((behaviour) => (draft: ObservationDraft) => toggleBehaviour(draft, behaviour)),
	fc.constantFrom(...BASKETS).map((basket) => (draft: ObservationDraft) => chooseBasket(draft, basket)),
	fc.constantFrom(...Handling.options).map((handling) => (draft: ObservationDraft) => toggleHandling(draft, handling)),
	fc.constantFrom(...Means.options).map((means) => (draft: ObservationDraft) => toggleMeans(draft, means)),
	fc.constantFrom(6, 8).map((n) => (draft: ObservationDraft) => toggleVictimGroup(draft, anId('group', n))),
	fc.constantFrom(toggleInstigatorUnseen, toggleNobodyAimedAt),
	fc.boolean().map((outsideSchool) => (draft: ObservationDraft) => choose(draft, { outsideSchool })),
	fc.string({ maxLength: 3000 }).map((note) => (draft: ObservationDraft) => choose(draft, { note, motive: note })),
);
const aDraft = fc.array(aTap, { maxLength: 60 }).map((taps) => taps.reduce((draft, tap) => tap(draft), empty));

test('whatever is tapped: the draft can be stored, and nothing open means a valid observation', () => {
	fc.assert(
		fc.property(aDraft, (draft) => {
			expect(ObservationDraft.parse(structuredClone(draft))).toEqual(draft);
			const result = toObservation(draft, context);
			expect(result.ok).toBe(openSlots(draft, roster).length === 0);
			if (result.ok) expect(Observation.parse(result.value)).toEqual(result.value);
		}),
	);
});

test('whatever is tapped: no pupil has two parts, and who did good is no instigator', () => {
	fc.assert(
		fc.property(aDraft, (draft) => {
			const pupils = draft.participants.flatMap((each) => ('pupilId' in each ? each.pupilId : []));
			expect(new Set(pupils).size).toBe(pupils.length);
			expect(draft.instigatorUnseen && childrenIn(draft, 'instigator').length > 0).toBe(false);
			const result = toObservation(draft, context);
			if (!result.ok) return;
			const { behaviours, participants, basket } = result.value;
			const good = behaviours.every((behaviour) => traitsOf(behaviour).aim === 'good');
			expect(good).toBe(behaviours.some((behaviour) => traitsOf(behaviour).aim === 'good'));
			expect(good).toBe(basket === 'green');
			const roles = participants.map((participant) => participant.role);
			expect(roles.some((role) => (good ? role === 'instigator' || role === 'victim' : role === 'contributor'))).toBe(
				false,
			);
		}),
	);
});

test('opening an observation to correct it and saving it unchanged gives the same observation', () => {
	fc.assert(
		fc.property(aDraft, (draft) => {
			const result = toObservation(draft, context);
			if (!result.ok) return;
			const again = draftOf(result.value, NOW);
			expect(again.corrects).toBe(true);
			expect(finished(again)).toEqual(result.value);
		}),
	);
});
