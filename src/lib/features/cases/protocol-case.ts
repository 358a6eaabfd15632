import type { Case } from '#domain/cases/case.ts';
import { historiesOf, type CaseHistory } from '#domain/cases/case-history.ts';
import { caseTasks, type CaseTask } from '#domain/cases/case-tasks.ts';
import { runCase, type CaseRun } from '#domain/cases/run-case.ts';
import { taskOwner } from '#domain/cases/task-owner.ts';
import { soundProtocols } from '#domain/protocols/own-protocols.ts';
import type { ProtocolTexts } from '#domain/protocols/protocol-texts.ts';
import { protocolOf } from '#domain/protocols/shipped-protocols.ts';
import { SHIPPED_TEXTS } from '#domain/protocols/shipped-texts.ts';
import type { Replica } from '#lib/device/device.ts';
import { schoolDaysIn } from '#lib/device/school-calendar.ts';
import { schoolZone } from '#lib/device/school-time.ts';

/** A case and where it stands in its protocol, as a screen needs it. */
export interface ProtocolCase {
	readonly case: Case;
	readonly history: CaseHistory;
	readonly run: CaseRun;
	/** With a date, done and open. */
	readonly tasks: readonly CaseTask[];
	readonly texts: ProtocolTexts;
}

/** Undefined when this device may not know the case, or does not know it yet. */
export function protocolCase(documents: Replica, id: string): ProtocolCase | undefined {
	const subject = documents.get('case', id);
	if (!subject) return undefined;
	const zone = schoolZone(documents);
	const ofThis = <D extends { readonly caseId: string }>(each: D) => each.caseId === id;
	const facts = {
		entries: documents.all('caseEntry').filter(ofThis),
		followUps: documents.all('followUp').filter(ofThis),
		outcomes: documents.all('followUpOutcome').filter(ofThis),
		verdicts: documents.all('caseVerdict').filter(ofThis),
		records: documents.all('stepRecord').filter(ofThis),
		consents: documents.all('consent').filter(ofThis),
	};
	const history = historiesOf(facts, zone).of(subject.id);
	const own = documents.all('protocol');
	const protocol = protocolOf(subject, soundProtocols(own));
	const run = runCase(subject, history, protocol, zone);
	const people = new Map(documents.all('person').map((each) => [each.id, each]));
	const tasks = caseTasks(subject, history, run, {
		days: schoolDaysIn(documents),
		ownerOf: (role) => taskOwner(subject, role, people),
	});
	const adapted = own.find((each) => each.id === subject.protocolId && each.protocol.version === protocol.version);
	return { case: subject, history, run, tasks, texts: adapted?.texts ?? SHIPPED_TEXTS[subject.protocol] };
}
