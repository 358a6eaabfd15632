import type { ProtocolName } from './protocol.ts';
import type { ProtocolTexts } from './protocol-texts.ts';
import { CONNECTIVE_AUTHORITY_TEXTS } from './texts/connective-authority.ts';
import { FIVE_B_TEXTS } from './texts/five-b.ts';
import { HOME_SCHOOL_TEXTS } from './texts/home-school.ts';
import { REPORTING_CODE_TEXTS } from './texts/reporting-code.ts';
import { ROUND_TALKS_TEXTS } from './texts/round-talks.ts';
import { SIX_STEPS_TEXTS } from './texts/six-steps.ts';
import { SUPPORT_GROUP_TEXTS } from './texts/support-group.ts';
import { TEN_STEPS_TEXTS } from './texts/ten-steps.ts';

/** The words of what comes with Pleinwacht: our own, in both languages. Screens of cases load them, phones need not. */
export const SHIPPED_TEXTS: Readonly<Record<ProtocolName, ProtocolTexts>> = {
	fiveB: FIVE_B_TEXTS,
	sixSteps: SIX_STEPS_TEXTS,
	tenSteps: TEN_STEPS_TEXTS,
	supportGroup: SUPPORT_GROUP_TEXTS,
	connectiveAuthority: CONNECTIVE_AUTHORITY_TEXTS,
	homeSchool: HOME_SCHOOL_TEXTS,
	reportingCode: REPORTING_CODE_TEXTS,
	roundTalks: ROUND_TALKS_TEXTS,
};
