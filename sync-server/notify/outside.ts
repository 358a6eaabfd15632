import { createHash } from 'node:crypto';
import { isSchoolDay } from '#domain/calendar/school-days.ts';
import type { PersonId } from '#domain/id.ts';
import { isCoordinator } from '#domain/school/roles.ts';
import { dateOf, MS_PER_DAY, toLocalDateTime, type LocalDate } from '#domain/time/local-time.ts';
import { can } from '#domain/access/access.ts';
import type { Clock } from '#server/clock.ts';
import type { OpenSchool } from '#server/schools.ts';
import { dueAtSchool, dueFor, noticeKeys, schoolDaysAt, type DueAtSchool } from './due-at-school.ts';
import type { SendMail } from './mail.ts';
import type { PushMessage, SendPush } from './push.ts';
import type { SendWebhook } from './webhook.ts';
import type { Told, WishBook, Wishes } from './wishes.ts';
import { WORDS, type TaskCounts } from './words.ts';

/** The ways out of this server; what is missing is not set up. */
export interface Channels {
	/** Where people open the app. */
	readonly origin: string;
	readonly mail?: SendMail | undefined;
	readonly push: SendPush;
	readonly webhook?: SendWebhook | undefined;
}

/** Before school, so that it can be read over coffee; and never in the evening, whatever went wrong during the day. */
const TELL_FROM = '07:00';
const TELL_UNTIL = '17:00';

/** A red observation of longer ago is in the inbox anyway. */
const RED_FOR_MS = MS_PER_DAY;

const WEBHOOK_NOTE = 'outside-webhook';
const RED_NOTE = 'outside-red';

/**
 * Tells everybody at a school who asked for it, once a school day, and only when something is new (5B-08). Noted after it
 * was sent, person by person and way by way: cut off in between, it is sent again under the same id, and nothing is missed.
 */
export async function tellMorning(
	{ id, replica, store }: OpenSchool,
	wishBook: WishBook,
	channels: Channels,
	now: Date,
): Promise<void> {
	const local = toLocalDateTime(now, replica.school.zone);
	const time = local.slice(11);
	if (time < TELL_FROM || time >= TELL_UNTIL) return;
	const today = dateOf(local);
	const everybody = await wishBook.ofSchool(id);
	const waiting = everybody.filter((wishes) => {
		const { mail, push } = openWays(wishes, channels, today);
		return mail !== null || push;
	});
	const lastHook = (await store.readNote(WEBHOOK_NOTE)) as Told | undefined;
	const hook = channels.webhook && lastHook?.on !== today ? channels.webhook : undefined;
	if ((waiting.length === 0 && !hook) || !isSchoolDay(schoolDaysAt(replica), today)) return;
	const school = dueAtSchool(replica, today);

	const failures: unknown[] = [];
	for (const wishes of waiting) {
		const person = replica.find('person', wishes.personId);
		if (!person || person.hasLeft) continue;
		await tellPerson(wishes, school, today, wishBook, channels).catch((error: unknown) => failures.push(error));
	}
	if (hook) {
		const keys = school.due.filter(({ state }) => state !== 'upcoming').map(({ reminder }) => reminder.id as string);
		const isNew = keys.some((key) => !lastHook?.keys.includes(key));
		const data = { schoolId: id, day: today, ...countsOf(school.due) };
		const sent = isNew ? hook(keyOf('hook', id, today), { type: 'reminders.due', data }, now) : Promise.resolve();
		await sent.then(() => store.writeNote(WEBHOOK_NOTE, { on: today, keys })).catch((e: unknown) => failures.push(e));
	}
	if (failures.length > 0) throw failures[0];
}

/** By which ways this person is still to be told today. Without any, nothing has to be worked out. */
function openWays({ address, devices, told }: Wishes, { mail }: Channels, today: LocalDate) {
	return {
		mail: mail && address !== null && told.mail.on !== today ? { send: mail, to: address } : null,
		push: devices.length > 0 && told.push.on !== today,
	};
}

async function tellPerson(
	wishes: Wishes,
	school: DueAtSchool,
	today: LocalDate,
	wishBook: WishBook,
	channels: Channels,
): Promise<void> {
	const { personId, language, told } = wishes;
	const { mail, push } = openWays(wishes, channels, today);
	const keys = noticeKeys(personId, school, today);
	const { now, overdue } = countsOf(dueFor(personId, school));
	const asked = school.signalsFor(personId).length + school.invitationsFor(personId).length;
	const counts = { now: now + asked, overdue };
	const key = keyOf('summary', personId, today);
	const isNew = ({ keys: before }: Told) => keys.some((each) => !before.includes(each));
	if (mail) {
		if (isNew(told.mail)) await mail.send({ to: mail.to, language, counts, origin: channels.origin, key });
		await wishBook.noteTold(wishes, 'mail', { on: today, keys });
	}
	if (push) {
		const words = WORDS[language];
		if (isNew(told.push))
			await pushToAll(wishes, wishBook, channels.push, {
				title: words.title(counts),
				body: words.lines(counts).join(', '),
				...{ language, path: '/reminders', waiting: counts.now + counts.overdue, topic: 'summary' },
			});
		await wishBook.noteTold(wishes, 'push', { on: today, keys });
	}
}

/** An observation in the red basket is told to its coordinators at once, any day: the only thing that does not wait. */
export async function tellRed(
	{ id, replica, store }: OpenSchool,
	wishBook: WishBook,
	channels: Channels,
	now: Date,
): Promise<void> {
	const since = now.getTime() - RED_FOR_MS;
	const isRecent = (id: string) => Date.parse(replica.get(id)?.receivedAt ?? '') >= since;
	const reds = replica.all('observation').filter((each) => each.basket === 'red' && isRecent(each.id));
	if (reds.length === 0) return;
	const told = ((await store.readNote(RED_NOTE)) as readonly string[] | undefined) ?? [];
	const fresh = reds.filter((each) => !told.includes(each.id));
	if (fresh.length === 0) return;
	for (const wishes of await wishBook.ofSchool(id)) {
		const person = replica.find('person', wishes.personId);
		if (!person || person.hasLeft || !isCoordinator(person) || wishes.devices.length === 0) continue;
		const actor = { ...person, personId: person.id };
		// Who reported it knows already; another site's coordinator does not read it.
		const mine = fresh.some((doc) => doc.reporterId !== person.id && can(actor, 'read', { doc, facts: replica.facts }));
		if (!mine) continue;
		const { language } = wishes;
		await pushToAll(wishes, wishBook, channels.push, {
			...WORDS[language].red,
			...{ language, path: '/inbox', topic: 'red', urgent: true },
		});
	}
	for (const each of fresh)
		await channels.webhook?.(keyOf('red', each.id), { type: 'observation.red', data: { schoolId: id } }, now);
	await store.writeNote(
		RED_NOTE,
		reds.map((each) => each.id),
	);
}

async function pushToAll(wishes: Wishes, wishBook: WishBook, push: SendPush, message: PushMessage): Promise<void> {
	for (const { id, subscription } of wishes.devices)
		if ((await push(subscription, message)) === 'gone') await wishBook.dropDevice(wishes, id);
}

function countsOf(due: readonly { readonly state: string }[]): TaskCounts {
	const count = (state: string) => due.filter((each) => each.state === state).length;
	return { now: count('now'), overdue: count('overdue') };
}

/** The same for the same thing, and not to be traced back to a person. */
function keyOf(kind: string, ...of: readonly (PersonId | string)[]): string {
	return `${kind}-${createHash('sha256').update(of.join(' ')).digest('hex').slice(0, 32)}`;
}

/** Often enough to be in time, seldom enough to cost nothing. */
const LOOK_EVERY_MS = 5 * 60 * 1000;
/** A push of a whole recess comes at once. */
const GATHER_MS = 2_000;

/** Tells people of a school outside the app, for as long as this server works for it. */
export async function startOutside(
	school: OpenSchool,
	wishBook: WishBook,
	channels: Channels,
	now: Clock,
	onFault: (error: unknown) => void,
	mayWork: () => boolean,
) {
	let turn = Promise.resolve();
	const run = (tell: typeof tellMorning) => {
		turn = turn
			.then(async () => {
				if (mayWork()) await tell(school, wishBook, channels, now());
			})
			.catch(onFault);
	};
	const lookAll = () => {
		run(tellMorning);
		run(tellRed);
	};
	lookAll();
	const timer = setInterval(lookAll, LOOK_EVERY_MS);
	let gathering: NodeJS.Timeout | undefined;
	const stopListening = school.replica.onChange((changed) => {
		if (!changed.some(({ doc }) => doc.type === 'observation' && doc.basket === 'red')) return;
		gathering ??= setTimeout(() => {
			gathering = undefined;
			run(tellRed);
		}, GATHER_MS);
	});
	return {
		async stop() {
			clearInterval(timer);
			clearTimeout(gathering);
			stopListening();
			await turn;
		},
	};
}
