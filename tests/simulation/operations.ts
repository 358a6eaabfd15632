import { openCase } from '#domain/cases/open-case.ts';
import type { DomainDocument } from '#domain/document.ts';
import { idOf, quarantineDecisionIdFor } from '#domain/id.ts';
import { inboxItems } from '#domain/incident/inbox-items.ts';
import { moveAlong } from '#domain/incident/merge-incidents.ts';
import { decide, draftOf } from '#domain/incident/process-observation.ts';
import { withdrawalOf } from '#domain/observation/withdraw.ts';
import type { Session } from '#domain/session.ts';
import { addDays, dateOf, toLocalDateTime, type Instant } from '#domain/time/local-time.ts';
import type { PersonWork } from '#lib/device/person-work.ts';
import type { Dice } from '#server/demo/random.ts';
import { aGroup, anObservation, aPupil, anId } from '#tests/factories/school.ts';
import type { Device, Tab } from './device.ts';
import { asKnownTo, unknownTo } from './editions.ts';
import { RESCUE_OPERATIONS } from './rescue.ts';
import { SCHOOL } from './small-school.ts';
import type { World } from './world.ts';

/** A page somebody is working on. */
interface Working {
	readonly world: World;
	readonly device: Device;
	readonly tab: Tab;
	readonly work: PersonWork;
	readonly dice: Dice;
}

export interface Doing {
	readonly world: World;
	readonly device: Device;
	readonly dice: Dice;
}

/** What people do. Each makes do with what is on the screen; when that is nothing, nothing happens. */
export const OPERATIONS = {
	...RESCUE_OPERATIONS,

	log: onPage((page) => save(page, [{ ...observation(page), ...weatherOf(page) }], page.dice.chance(0.5))),

	correct: onPage((page) => {
		const own = page.work.store.replica.all('observation').filter((each) => each.reporterId === page.device.personId);
		const one = pickStrange(page, own);
		if (one)
			save(page, [
				{ ...one, ...weatherOf(page), note: words(page), basket: page.dice.pick(['yellow', 'orange', 'red']) },
			]);
	}),

	withdraw: onPage((page) => {
		const own = page.work.store.replica.all('observation').filter((each) => each.reporterId === page.device.personId);
		const one = pickFrom(page.dice, own);
		if (one) save(page, [withdrawalOf(one, page.device.personId, instant(page))]);
	}),

	undo: onPage(({ device, work, dice, world }) => {
		const one = pickFrom(dice, work.store.replica.unsent);
		if (!one) return;
		world.time.note(`${device.name} takes back ${one.document.id}`);
		void device.outbox.undoing(one.document.id, work.undo(one.document.id));
	}),

	process: onPage((page) => {
		const items = inbox(page);
		const item = pickFrom(page.dice, items);
		if (!item) return;
		const draft = { ...draftOf(item), note: words(page) };
		const decided = decide(item.observation, draft, page.dice.pick(['confirmed', 'setAside']), stamp(page));
		if (decided.ok) save(page, [decided.value]);
	}),

	merge: onPage((page) => {
		const items = inbox(page);
		const [item, into] = [pickFrom(page.dice, items), pickFrom(page.dice, items)];
		if (!item || !into || item === into) return;
		const draft = { ...draftOf(item), incidentId: into.incidentId, note: words(page) };
		const decided = decide(item.observation, draft, 'confirmed', stamp(page));
		if (decided.ok) save(page, [decided.value, ...moveAlong(item, into.incidentId, items, stamp(page))]);
	}),

	openCase: onPage((page) => {
		const session = sessionOf(page);
		const pupil = pickFrom(page.dice, page.work.store.replica.all('pupil'));
		if (!session || !pupil) return;
		const opened = openCase(
			{
				id: idOf('case', page.device.newUlid()),
				pupils: [{ pupilId: pupil.id, role: page.dice.pick(['instigator', 'victim']) }],
				incidentIds: [],
				memberIds: [],
				at: instant(page),
			},
			session,
			() => session.groupIds.includes(pupil.groupId),
		);
		const assigned = [{ role: 'teacher' as const, personId: session.personId }];
		if (opened.ok) save(page, [{ ...opened.value, assigned }]);
	}),

	writeInCase: onPage((page) => {
		const { dice, device, work } = page;
		const one = pickFrom(dice, work.store.replica.all('case'));
		if (!one) return;
		const fact = { v: 1, schoolId: SCHOOL.id, caseId: one.id, turn: 1 } as const;
		const at = instant(page);
		const by = device.personId;
		const followUps = work.store.replica.all('followUp').filter((each) => each.caseId === one.id);
		const followUp = pickFrom(dice, followUps);
		const about = one.pupils[0];
		switch (dice.between(0, 3)) {
			case 0:
				return save(page, [
					{
						...{ type: 'caseEntry', ...fact, id: idOf('caseEntry', device.newUlid()), step: 'bekijken' },
						...{ text: words(page), writtenBy: by, writtenAt: at },
					},
				]);
			case 1: {
				if (!about) return;
				const plannedOn = addDays(today(page), dice.between(1, 60));
				return save(page, [
					{
						...{ type: 'followUp', ...fact, id: idOf('followUp', device.newUlid()), about, plannedOn },
						...{ ownerId: by, setBy: by, setAt: at },
					},
				]);
			}
			case 2: {
				if (!followUp) return;
				const { turn: _, ...rest } = fact;
				return save(page, [
					{
						...{ type: 'followUpOutcome', ...rest, id: idOf('followUpOutcome', device.newUlid()) },
						...{ followUpId: followUp.id, outcome: { kind: 'done', stopped: dice.pick(['yes', 'partly', 'no']) } },
						...{ note: words(page), recordedBy: by, recordedAt: at },
					},
				]);
			}
			default:
				return save(page, [
					{
						...{ type: 'caseVerdict', ...fact, id: idOf('caseVerdict', device.newUlid()) },
						...{ verdict: dice.pick(['stopped', 'notStopped']), text: words(page), judgedBy: by, judgedAt: at },
					},
				]);
		}
	}),

	shareCase: onPage((page) => {
		const one = pickStrange(page, page.work.store.replica.all('case'));
		const others = [anId('person', 2), anId('person', 3), anId('person', 4)];
		if (!one) return;
		const memberIds = [one.openedBy, ...others.filter((id) => id !== one.openedBy && page.dice.chance(0.5))];
		const [personId] = memberIds;
		const assigned = personId && { assigned: [{ role: 'teacher' as const, personId }] };
		save(page, [{ ...one, memberIds, ...assigned }]);
	}),

	/** The coordinator takes in what was refused, or answers it. */
	decide: onPage((page) => {
		const { dice, device, work } = page;
		const entry = pickFrom(dice, work.store.replica.all('quarantineEntry'));
		if (!entry || entry.isCut) return;
		const document = JSON.parse(entry.item) as DomainDocument;
		save(page, [
			{
				...{ type: 'quarantineDecision', v: 1, id: quarantineDecisionIdFor(entry.id), schoolId: SCHOOL.id },
				...{ entryId: entry.id, authorId: entry.authorId, decidedBy: device.personId, decidedAt: instant(page) },
				decision: dice.chance(0.6) ? { kind: 'accepted', document } : { kind: 'answered', text: words(page) },
			},
		]);
	}),

	/** Refused while anything waits; otherwise nothing of this person stays on the device. */
	signOut: onPage(({ device, work }) => {
		void work.leave().then(
			(waiting) => waiting === 0 && device.signedOut(),
			() => undefined,
		);
	}),

	sync: onPage(({ work }) => work.loop.request()),

	lookAway: onPage(({ tab }) => {
		tab.visible = !tab.visible;
		if (tab.visible) tab.targets?.sync();
		else tab.targets?.flush();
	}),

	pupilMoves: administered(({ world, dice }) => {
		const pupil = pickFrom(dice, world.truth.all('pupil'));
		return pupil ? [{ ...pupil, groupId: anId('group', dice.pick([6, 8])) }] : [];
	}),

	pupilComes: administered(({ dice }) => {
		const number = dice.between(100, 999_999);
		return [aPupil(number, 'Nieuw', dice.pick([6, 8]))];
	}),

	groupComes: administered(({ dice }) => [aGroup(dice.pick([1, 2, 3, 4, 5, 7]))]),

	personComes: administered(({ dice }) => [
		{
			...{ type: 'person', v: 1, id: anId('person', dice.between(100, 999_999)), schoolId: SCHOOL.id },
			...{ name: 'Nieuw', roles: [dice.pick(['supervisor', 'teacher'])], groupIds: [] },
		},
	]),

	/** Their apps are turned away from this moment; what they wrote stays, and what they had not sent can still be brought. */
	personLeaves: administered(({ world, dice }) => {
		const person = pickFrom(dice, world.truth.all('person'));
		return person ? [{ ...person, hasLeft: true }] : [];
	}),

	personReturns: administered(({ world, dice }) => {
		const gone = world.truth.all('person').filter(({ hasLeft }) => hasLeft);
		const { hasLeft: _, ...person } = pickFrom(dice, gone) ?? {};
		return 'id' in person ? [person] : [];
	}),

	pupilLeaves: administered(({ world, dice }) => {
		const pupil = pickFrom(dice, world.truth.all('pupil'));
		const leftOn = dateOf(toLocalDateTime(new Date(world.time.now), SCHOOL.zone));
		return pupil ? [{ ...pupil, leftOn }] : [];
	}),

	/** On request of a parent, for one. */
	erase: ({ world, dice }) => {
		const one = pickFrom(dice, world.truth.all(dice.chance(0.7) ? 'observation' : 'case'));
		const server = pickFrom(
			dice,
			world.servers.filter(({ isUp }) => isUp),
		);
		if (!one || !server) return;
		const now = new Date(world.time.now);
		void server.host((school) => world.product.erase(school, [one.id], 'erased', now));
	},

	/** The step lasts for about a year: what was told before expires, or is about to. */
	yearPasses: () => undefined,

	backup: ({ world }) => void world.backUp(),

	restore: ({ world }) => void world.restore(),

	rightsChange: administered(({ world, dice }) => {
		const person = pickFrom(dice, world.truth.all('person'));
		if (!person) return [];
		const groupIds = [anId('group', 6), anId('group', 8)].filter(() => dice.chance(0.5));
		return [{ ...person, roles: [dice.pick(['supervisor', 'teacher', 'coordinator'])], groupIds }];
	}),
} satisfies Record<string, (doing: Doing) => void>;

function onPage(run: (page: Working) => void) {
	return ({ world, device, dice }: Doing) => {
		const tab = pickFrom(dice, device.working);
		if (tab) run({ world, device, tab, work: tab.work, dice });
	};
}

/** The school itself says so, on one of its servers. */
function administered(change: (doing: Doing) => DomainDocument[]) {
	return (doing: Doing) => {
		const server = pickFrom(
			doing.dice,
			doing.world.servers.filter(({ isUp }) => isUp),
		);
		if (server) void server.administer(change(doing));
	};
}

function save(page: Working, written: readonly DomainDocument[], undoable = false): void {
	const { device, tab, work, world } = page;
	const documents = written.map((document) => asKnownTo(device.edition, document));
	const ids = documents.map(({ id }) => id).join(' ');
	void work.save(documents, { undoable }).then((saved) => {
		// Nobody saw it: nothing was promised.
		if (!tab.alive) return;
		world.time.note(`${device.name} ${saved.ok ? 'saved' : saved.error.kind} ${ids}`);
		if (saved.ok) for (const document of documents) device.outbox.noteSaved(document);
	});
}

function observation({ device, dice, world }: Working) {
	const children = Array.from({ length: dice.between(1, 3) }, () => dice.between(1, 8));
	const roles = ['instigator', 'victim', 'bystander'] as const;
	return {
		...anObservation(0),
		id: idOf('observation', device.newUlid()),
		reporterId: device.personId,
		occurredAt: toLocalDateTime(new Date(device.now), SCHOOL.zone),
		notedAt: new Date(device.now).toISOString() as Instant,
		placeId: anId('place', dice.between(1, 4)),
		participants: [...new Set(children)].map((n, i) => ({ role: roles[i] ?? 'bystander', pupilId: anId('pupil', n) })),
		note: `${device.name} saw this at ${world.time.now} (${dice.bits()})`,
	};
}

/** What tomorrow's app has people say, too. */
const weatherOf = (page: Working) => (page.device.edition === 'tomorrow' ? { weather: words(page) } : {});

const inbox = ({ work }: Working) =>
	inboxItems({
		observations: work.store.replica.all('observation'),
		withdrawals: work.store.replica.all('withdrawal'),
		processings: work.store.replica.all('processing'),
	});

const stamp = (page: Working) => ({ by: page.device.personId, at: instant(page) });
const instant = ({ device }: Working) => new Date(device.now).toISOString() as Instant;
const today = ({ device }: Working) => dateOf(toLocalDateTime(new Date(device.now), SCHOOL.zone));
const words = ({ device, dice, world }: Working) => `${device.name} wrote this at ${world.time.now} (${dice.bits()})`;

function sessionOf({ device, work }: Working): Session | undefined {
	const person = work.store.replica.get('person', device.personId);
	if (!person) return undefined;
	const { id, schoolId, name, roles, groupIds } = person;
	return { personId: id, schoolId, schoolName: SCHOOL.name, name, roles, groupIds };
}

/** Rather one that another app said more about than this one knows: that is where something could go missing. */
function pickStrange<T extends DomainDocument>({ device, dice }: Working, from: readonly T[]): T | undefined {
	const strange = from.filter((one) => unknownTo(device.edition, one.type).some((field) => field in one));
	return pickFrom(dice, strange.length > 0 && dice.chance(0.7) ? strange : from);
}

function pickFrom<T>(dice: Dice, from: readonly T[]): T | undefined {
	return from.length === 0 ? undefined : dice.pick(from);
}
