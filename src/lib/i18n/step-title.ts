import type { ProtocolName } from '#domain/protocols/protocol.ts';
import type { ProtocolTexts } from '#domain/protocols/protocol-texts.ts';
import { inLanguage } from './in-language.ts';
import * as m from './generated/messages.js';

interface Of {
	readonly protocol: ProtocolName | undefined;
	/** The school's own words, when the case follows a protocol it adapted. */
	readonly own?: ProtocolTexts | undefined;
	readonly step: string | undefined;
}

/** What a step of a case asks for. The words are loaded when there is one to show: most phones show none. */
export async function stepTitle({ protocol, own, step }: Of): Promise<string> {
	const { SHIPPED_TEXTS } = await import('#domain/protocols/shipped-texts.ts');
	const texts = own ?? SHIPPED_TEXTS[protocol ?? 'fiveB'];
	return inLanguage(texts.steps[step ?? '']?.title) || m.reminders_step_unknown();
}
