import type { Case } from '#domain/cases/case.ts';
import { historiesOf } from '#domain/cases/case-history.ts';
import { caseTasks, type CaseTask } from '#domain/cases/case-tasks.ts';
import { runCase, type CaseRun } from '#domain/cases/run-case.ts';
import { soundProtocols } from '#domain/protocols/own-protocols.ts';
import type { ProtocolTexts } from '#domain/protocols/protocol-texts.ts';
import { protocolOf } from '#domain/protocols/shipped-protocols.ts';
import { reminderFacts } from '#domain/reminders/reminder-facts.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Replica } from '#lib/device/device.ts';
import { schoolDaysIn } from '#lib/device/school-calendar.ts';
import { schoolZone } from '#lib/device/school-time.ts';

/** A case in the list, whatever its protocol. */
export interface ListedCase {
	readonly case: Case;
	readonly run: CaseRun;
	/** What has to be done first; null when nothing waits. */
	readonly next: Pick<CaseTask, 'from' | 'until'> | null;
	/** The school's own words, when it follows a protocol the school adapted. */
	readonly own: ProtocolTexts | undefined;
}

/** After every date there is: what waits for nothing comes last. */
const NEVER = '9999-12-31' as LocalDate;

/** Open ones first, and among them what waits longest; then what was worked on last. */
export function listedCases(documents: Replica): ListedCase[] {
	const zone = schoolZone(documents);
	const histories = historiesOf(reminderFacts(documents), zone);
	const days = schoolDaysIn(documents);
	const own = soundProtocols(documents.all('protocol'));
	const listed = documents.all('case').map((subject) => {
		const history = histories.of(subject.id);
		const run = runCase(subject, history, protocolOf(subject, own), zone);
		const tasks = caseTasks(subject, history, run, { days, ownerOf: () => subject.openedBy, openOnly: true });
		const next = tasks
			.filter(({ resolved }) => resolved === null)
			.reduce<CaseTask | null>((first, task) => (first && first.from <= task.from ? first : task), null);
		const lastAt = history.taken.reduce((last, { at }) => Math.max(last, at), Date.parse(subject.openedAt));
		const texts = subject.protocolId && documents.get('protocol', subject.protocolId)?.texts;
		return { case: subject, run, next, own: texts, lastAt };
	});
	return listed.sort((a, b) => {
		if ((a.run.closed === null) !== (b.run.closed === null)) return a.run.closed === null ? -1 : 1;
		const [first, second] = [a.next?.from ?? NEVER, b.next?.from ?? NEVER];
		if (a.run.closed === null && first !== second) return first < second ? -1 : 1;
		return b.lastAt - a.lastAt;
	});
}
