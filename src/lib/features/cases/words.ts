import type { CaseVerdict, FiveBStep, FollowUpOutcome } from '#domain/cases/case.ts';
import type { NonContractQuestion, Signer } from '#domain/cases/non-contract.ts';
import type { OpenCaseRefusal } from '#domain/cases/open-case.ts';
import type { ProposalReason } from '#domain/cases/propose-follow-ups.ts';
import type { Level } from '#domain/protocols/protocol.ts';
import * as m from '#lib/i18n/generated/messages.js';

/** What a step is for (5B-02 to 5B-07), in our own words. */
export const stepAim = {
	bekijken: m.cases_aim_bekijken,
	begrijpen: m.cases_aim_begrijpen,
	beslissen: m.cases_aim_beslissen,
	bijsturen: m.cases_aim_bijsturen,
	beoordelen: m.cases_aim_beoordelen,
} satisfies Record<FiveBStep, () => string>;

/** Questions that help to write in a step; nobody has to answer them one by one. */
export const stepQuestions = {
	bekijken: [
		m.cases_ask_bekijken_1,
		m.cases_ask_bekijken_2,
		m.cases_ask_bekijken_3,
		m.cases_ask_bekijken_4,
		m.cases_ask_bekijken_5,
	],
	begrijpen: [
		m.cases_ask_begrijpen_1,
		m.cases_ask_begrijpen_2,
		m.cases_ask_begrijpen_3,
		m.cases_ask_begrijpen_4,
		m.cases_ask_begrijpen_5,
	],
	beslissen: [
		m.cases_ask_beslissen_1,
		m.cases_ask_beslissen_2,
		m.cases_ask_beslissen_3,
		m.cases_ask_beslissen_4,
		m.cases_ask_beslissen_5,
	],
	bijsturen: [m.cases_ask_bijsturen_1, m.cases_ask_bijsturen_2, m.cases_ask_bijsturen_3, m.cases_ask_bijsturen_4],
	beoordelen: [m.cases_ask_beoordelen_1, m.cases_ask_beoordelen_2, m.cases_ask_beoordelen_3, m.cases_ask_beoordelen_4],
} satisfies Record<FiveBStep, readonly (() => string)[]>;

type Stopped = Extract<FollowUpOutcome['outcome'], { kind: 'done' }>['stopped'];

export const stoppedText = {
	yes: m.cases_stopped_yes,
	partly: m.cases_stopped_partly,
	no: m.cases_stopped_no,
} satisfies Record<Stopped, () => string>;

export const proposalText = {
	twoWeeks: m.cases_plan_twoWeeks,
	eightWeeks: m.cases_plan_eightWeeks,
	extra: m.cases_plan_extra,
} satisfies Record<ProposalReason | 'extra', () => string>;

export const openCaseRefusalText = {
	nobody: m.cases_refusal_nobody,
	noneOfYours: m.cases_refusal_noneOfYours,
} satisfies Record<OpenCaseRefusal['kind'], () => string>;

export const caseRoleText = {
	instigator: m.cases_judge_as_instigator,
	victim: m.cases_judge_as_victim,
};

/** The five tracks (MEL-06). */
export const trackText = {
	victim: m.cases_track_victim,
	instigators: m.cases_track_instigators,
	parents: m.cases_track_parents,
	group: m.cases_track_group,
	school: m.cases_track_school,
} satisfies Record<Level, () => string>;

/** What a child answers in a non-contract (MEL-09). */
export const nonContractText = {
	behaviour: m.cases_contract_behaviour,
	problems: m.cases_contract_problems,
	need: m.cases_contract_need,
	instead: m.cases_contract_instead,
	help: m.cases_contract_help,
	repair: m.cases_contract_repair,
} satisfies Record<NonContractQuestion, () => string>;

export const signerText = {
	pupil: m.cases_contract_pupil,
	parent: m.cases_contract_parent,
	school: m.cases_contract_school,
} satisfies Record<Signer, () => string>;

export type Verdict = CaseVerdict['verdict'];
