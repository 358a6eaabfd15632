import { readProtocol, readProtocolTexts, type ProtocolProblem } from './check-protocol.ts';
import type { SchoolProtocol } from './school-protocol.ts';

/**
 * What keeps a school's own version from being run or read, each with its place in the document
 * (`protocol.steps.3.after`, `texts.steps.talk`). Asked where one comes in; what lies in a store already and cannot be run
 * gives way to the shipped one (`own-protocols.ts`).
 */
export function problemsInSchoolProtocol({
	protocol,
	texts,
}: Pick<SchoolProtocol, 'protocol' | 'texts'>): readonly ProtocolProblem[] {
	const sound = readProtocol(protocol);
	if (!sound.ok) return sound.error.map((each) => within('protocol', each));
	const worded = readProtocolTexts(texts, sound.value);
	return worded.ok ? [] : worded.error.map((each) => within('texts', each));
}

function within(part: string, { place, problem }: ProtocolProblem): ProtocolProblem {
	return { place: `${part}.${place}`, problem };
}
