import { setTimeout as sleep } from 'node:timers/promises';
import type { Case, FollowUp } from '#domain/cases/case.ts';
import type { StepRecord } from '#domain/cases/step-record.ts';
import { idOf, type CaseId, type IdKind } from '#domain/id.ts';
import { ProtocolName } from '#domain/protocols/protocol.ts';
import { SHIPPED_PROTOCOLS } from '#domain/protocols/shipped-protocols.ts';
import { planReminders } from '#domain/reminders/plan-reminders.ts';
import { reminderFacts } from '#domain/reminders/reminder-facts.ts';
import type { Pupil } from '#domain/school/roster.ts';
import type { Session } from '#domain/session.ts';
import { addDays, dateOf, toLocalDateTime, type Instant } from '#domain/time/local-time.ts';
import type { Envelope } from '#server/store/envelope.ts';
import { startServer } from '#tests/e2e/server.ts';
import { signInAt } from '#tests/integration/device-over-http.ts';
import { leftOnDisk } from './on-disk.ts';
import type { Outcome } from './outcome.ts';

/** What one kill is about: enough that the run takes some time, and is cut off in the midst of it. */
const CASES_PER_KILL = 25;

/** The worker gathers for half a second and then writes: a kill comes before, amid or after that. */
const KILL_WITHIN_MS = 1500;

/**
 * Kills a real server at random moments around its reminder run, each time after cases came in that ask for more. What
 * lies on its disk in the end is held against what follows from the cases (5B-08): nothing is missing, nothing is there that
 * does not follow, and what was once written was never written again.
 */
export async function killReminderRun(template: string, kills: number): Promise<Outcome> {
	const server = await startServer({ template });
	try {
		const desk = await signInAt(server.url, 'coordinator');
		const pupils = await desk.all('pupil');
		const { schoolId } = desk.session;
		const asked = new Set<CaseId>();
		/** When each was written, as first seen on the disk. */
		const writtenAt = new Map<string, string>();
		const sum = { following: 0, missing: 0, extra: 0, writtenAgain: 0, amid: 0 };
		const look = async (): Promise<Envelope[]> => {
			const left = await leftOnDisk(server.dataDir, schoolId);
			for (const { id, doc, receivedAt } of left) {
				if (doc.type !== 'reminder' || !asked.has(doc.caseId)) continue;
				if ((writtenAt.get(id) ?? receivedAt) !== receivedAt) sum.writtenAgain++;
				writtenAt.set(id, receivedAt);
			}
			return left;
		};

		for (let kill = 0; kill < kills; kill++) {
			const cases = Array.from({ length: CASES_PER_KILL }, (_, n) =>
				aCaseThatAsks(kill * CASES_PER_KILL + n, desk.session, pupils),
			);
			cases.forEach(([{ id }]) => asked.add(id));
			await desk.push(cases.flat().map((doc) => desk.item(doc)));
			await sleep(Math.random() * KILL_WITHIN_MS);
			await server.kill();
			if (standingOf(await look(), asked).missing > 0) sum.amid++;
			// The next start alone makes good what was cut off: a run that is begun then is finished before it ends.
			await server.restart();
			await server.stop();
			const { following, missing, extra } = standingOf(await look(), asked);
			sum.following = following;
			sum.missing += missing;
			sum.extra += extra;
			await server.restart();
		}
		return {
			what: `server killed in its reminder run (${sum.amid} times before all was written)`,
			...{ kills, told: sum.following, lost: sum.missing, doubled: sum.extra + sum.writtenAgain },
		};
	} finally {
		await server.dispose();
	}
}

/** What follows from the cases on a disk, beside what the server wrote there. */
function standingOf(left: readonly Envelope[], asked: ReadonlySet<CaseId>) {
	const documents = left.map(({ doc }) => doc);
	const today = dateOf(toLocalDateTime(new Date(), 'Europe/Amsterdam'));
	const facts = reminderFacts({ all: (type) => documents.filter((doc) => doc.type === type) as never }, today);
	const following = planReminders(facts).filter(({ caseId }) => asked.has(caseId));
	const written = documents.filter((doc) => doc.type === 'reminder').filter(({ caseId }) => asked.has(caseId));
	const byId = new Map(written.map((each) => [each.id, JSON.stringify(each)]));
	return {
		following: following.length,
		missing: following.filter((each) => byId.get(each.id) !== JSON.stringify(each)).length,
		extra: written.length - following.filter(({ id }) => byId.has(id)).length,
	};
}

/** A case in its second step, and a look back that somebody planned: by every protocol a coordinator can read in turn. */
function aCaseThatAsks(n: number, { personId, schoolId }: Session, pupils: readonly Pupil[]) {
	const names = ProtocolName.options.filter((name) => !SHIPPED_PROTOCOLS[name].restricted);
	const protocol = names[n % names.length] ?? 'fiveB';
	const now = new Date();
	const today = dateOf(toLocalDateTime(now, 'Europe/Amsterdam'));
	const at = now.toISOString() as Instant;
	const id = <K extends IdKind>(kind: K) => idOf(kind, `01M${String(n).padStart(23, '0')}`);
	const pupil = (index: number) => {
		const found = pupils[index % pupils.length];
		if (!found) throw new Error('A school without pupils');
		return found.id;
	};
	const about = { pupilId: pupil(2 * n), role: 'victim' } as const;
	const subject: Case = {
		...{ type: 'case', v: 1, id: id('case'), schoolId, protocol, incidentIds: [] },
		pupils: [about, { pupilId: pupil(2 * n + 1), role: 'instigator' }],
		...{ openedBy: personId, openedAt: at, memberIds: [personId] },
	};
	const first = SHIPPED_PROTOCOLS[protocol].steps[0];
	const [outcome] = first?.outcomes ?? [];
	const record: StepRecord = {
		...{ type: 'stepRecord', v: 1, id: id('stepRecord'), schoolId, caseId: subject.id, turn: 1 },
		...{ step: first?.key ?? '', result: 'done', on: today, recordedBy: personId, recordedAt: at },
		...(outcome && { outcome: outcome.key }),
	};
	const followUp: FollowUp = {
		...{ type: 'followUp', v: 1, id: id('followUp'), schoolId, caseId: subject.id, turn: 1, about },
		...{ plannedOn: addDays(today, 14), ownerId: personId, setBy: personId, setAt: at },
	};
	return [subject, record, followUp] as const;
}
