import type { ProtocolId } from '#domain/id.ts';
import type { Protocol, ProtocolName } from './protocol.ts';
import { CONNECTIVE_AUTHORITY } from './shipped/connective-authority.ts';
import { FIVE_B } from './shipped/five-b.ts';
import { HOME_SCHOOL } from './shipped/home-school.ts';
import { REPORTING_CODE } from './shipped/reporting-code.ts';
import { ROUND_TALKS } from './shipped/round-talks.ts';
import { SIX_STEPS } from './shipped/six-steps.ts';
import { SUPPORT_GROUP } from './shipped/support-group.ts';
import { TEN_STEPS } from './shipped/ten-steps.ts';

/** What comes with Pleinwacht, the default first. */
export const SHIPPED_PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
	fiveB: FIVE_B,
	sixSteps: SIX_STEPS,
	tenSteps: TEN_STEPS,
	supportGroup: SUPPORT_GROUP,
	connectiveAuthority: CONNECTIVE_AUTHORITY,
	homeSchool: HOME_SCHOOL,
	reportingCode: REPORTING_CODE,
	roundTalks: ROUND_TALKS,
};

/** What a case follows: the school's own version it began with, if that is known and sound; else the shipped one. */
export function protocolOf(
	subject: { readonly protocol: ProtocolName; readonly protocolId?: ProtocolId | undefined },
	own: ReadonlyMap<ProtocolId, Protocol>,
): Protocol {
	const adapted = subject.protocolId && own.get(subject.protocolId);
	return adapted?.name === subject.protocol ? adapted : SHIPPED_PROTOCOLS[subject.protocol];
}
