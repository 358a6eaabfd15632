import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nextSchoolDay, type SchoolDays } from '#domain/calendar/school-days.ts';
import type { Case, FollowUp } from '#domain/cases/case.ts';
import { idOf, type IdKind, type PupilId } from '#domain/id.ts';
import type { Person } from '#domain/school/roster.ts';
import { dateOf, toLocalDateTime, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { schoolDaysAt } from '#server/notify/due-at-school.ts';
import { openSchools } from '#server/schools.ts';
import { embeddedHost } from '#server/store/embedded.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { startServer } from '#tests/e2e/server.ts';
import type { SourceChange } from '#tests/simulation/source-change.ts';
import { startMorningPost } from './morning-post.ts';
import type { Outcome } from './outcome.ts';

/** So often a morning is cut off before it is let finish. */
const KILLS_PER_MORNING = 5;

/** Who asked for the morning mail; each has a look back that begins on every one of the mornings. */
const READERS = 10;

/** It begins to tell as it starts, and all of it takes about as long. */
const KILL_WITHIN_MS = 600;

/** After seven and before five at school, in summer and in winter. */
const HOUR = 'T08:00:00.000Z';

/**
 * Kills a real server at random moments while it tells people of their tasks by mail and another system by webhook. What
 * leaves the app cannot be taken back and noted in one stroke, so it may come again after a kill, under the same id; but it
 * comes, and once it was noted it never comes again.
 */
export async function killMorningRun(
	template: string,
	kills: number,
	planted: readonly SourceChange[] = [],
): Promise<Outcome> {
	const prepared = mkdtempSync(join(tmpdir(), 'pleinwacht-morning-'));
	cpSync(template, prepared, { recursive: true });
	const { mornings, readers } = await askForMail(prepared, Math.ceil(kills / KILLS_PER_MORNING));
	const post = await startMorningPost();
	const env = { ...post.settings, NODE_OPTIONS: loadedFirst(), PLANTED_BUG: JSON.stringify(planted) };
	const server = await startServer({ template: prepared, env });
	const wanted = readers + WEBHOOKS;
	const sum = { lost: 0, doubled: 0, again: 0, amid: 0 };
	try {
		await server.stop();
		for (const [nth, morning] of mornings.entries()) {
			const earlier = new Set(post.taken().map(({ id }) => id));
			const told = () => post.taken().filter(({ id }) => !earlier.has(id));
			const start = () => server.restart({ CLOCK_AHEAD_MS: String(Date.parse(`${morning}${HOUR}`) - Date.now()) });
			const before = post.taken().length;

			const killsToday = Math.min(KILLS_PER_MORNING, kills - nth * KILLS_PER_MORNING);
			for (let kill = 0; kill < killsToday; kill++) {
				await start();
				await sleep(Math.random() * KILL_WITHIN_MS);
				await server.kill();
				if (new Set(told().map(({ to }) => to)).size < wanted) sum.amid++;
			}
			// A run that was begun at the start is finished first.
			await start();
			await server.stop();
			const ids = new Map(told().map(({ to, id }) => [to, id]));
			const finished = post.taken().length;
			// All of it is noted now: started once more, it tells nothing.
			await start();
			await server.stop();

			sum.lost += wanted - ids.size;
			sum.again += told().length - ids.size;
			const otherIds = new Set(told().map(({ id }) => id)).size - ids.size;
			const ofEarlier = finished - before - told().length;
			sum.doubled += otherIds + Math.max(0, ofEarlier) + (post.taken().length - finished);
		}
		return {
			what: `server killed while it told outside the app (${sum.amid} times amid, ${sum.again} came again under the same id)`,
			...{ kills, told: wanted * mornings.length, lost: sum.lost, doubled: sum.doubled },
		};
	} finally {
		await server.dispose();
		await post.stop();
		rmSync(prepared, { recursive: true, force: true });
	}
}

/** The other system hears once a morning. */
const WEBHOOKS = 1;

/** A clock that runs ahead, and bugs where some are planted. */
function loadedFirst(): string {
	const files = [import.meta.resolve('./ahead.ts'), import.meta.resolve('./plant.ts')];
	return [process.env.NODE_OPTIONS ?? '', ...files.map((file) => `--import=${file}`)].join(' ');
}

/** People who want the morning mail, and for each morning a look back of each that begins on it. */
async function askForMail(dataDir: string, count: number) {
	const schools = await openSchools(embeddedHost(dataDir), () => new Date());
	try {
		const [school] = schools.all();
		if (!school) throw new Error('A template without a school');
		const mornings = nextSchoolDays(schoolDaysAt(school.replica), count);
		const readers = school.replica.all('person').slice(0, READERS);
		const [pupil] = school.replica.all('pupil');
		if (!pupil) throw new Error('A school without pupils');
		const documents = readers.flatMap((reader, n) => casesFor(reader, n, pupil.id, mornings));
		const receivedAt = new Date().toISOString() as Instant;
		const arrival = { receivedAt, authorId: null, deviceId: null, seq: null };
		await school.replica.write(
			documents.map((doc) => ({
				record: envelopeOf(doc, { rev: contentRevision(doc), ...arrival }),
				expectedRev: null,
			})),
		);
		for (const { id: personId, schoolId } of readers)
			await schools.wishes.setMail({ personId, schoolId }, `${personId}@school.example`, 'nl');
		return { mornings, readers: readers.length };
	} finally {
		await schools.close();
	}
}

/** From tomorrow on, so that nothing of it is due while the server starts for the first time. */
function nextSchoolDays(days: SchoolDays, count: number): LocalDate[] {
	const found: LocalDate[] = [];
	let day = dateOf(toLocalDateTime(new Date(), 'Europe/Amsterdam'));
	while (found.length < count) found.push((day = nextSchoolDay(days, day)));
	return found;
}

function casesFor({ id: ownerId, schoolId }: Person, n: number, pupilId: PupilId, mornings: readonly LocalDate[]) {
	const at = new Date().toISOString() as Instant;
	const id = <K extends IdKind>(kind: K, nth: number) =>
		idOf(kind, `01M${String(n).padStart(3, '0')}${String(nth).padStart(20, '0')}`);
	const about = { pupilId, role: 'victim' } as const;
	const subject: Case = {
		...{ type: 'case', v: 1, id: id('case', 0), schoolId, protocol: 'fiveB', pupils: [about], incidentIds: [] },
		...{ openedBy: ownerId, openedAt: at, memberIds: [ownerId] },
	};
	const followUps = mornings.map((plannedOn, nth): FollowUp => ({
		...{ type: 'followUp', v: 1, id: id('followUp', nth), schoolId, caseId: subject.id, turn: 1, about },
		...{ plannedOn, ownerId, setBy: ownerId, setAt: at },
	}));
	return [subject, ...followUps];
}
