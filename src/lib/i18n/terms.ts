import type { AggressionFunction } from '#domain/incident/processing.ts';
import type { FiveBStep } from '#domain/cases/case.ts';
import type { Basket } from '#domain/observation/basket.ts';
import type { Behaviour, Form } from '#domain/observation/behaviour.ts';
import type { Handling, Means, ParticipantRole } from '#domain/observation/observation.ts';
import type { Role } from '#domain/school/roster.ts';
import * as m from './generated/messages.js';

/** The words a user reads for the terms of the field: complete by type, so a new term cannot be forgotten. */
export const behaviourName = {
	pushing: m.behaviour_pushing,
	hittingKicking: m.behaviour_hittingKicking,
	exclusion: m.behaviour_exclusion,
	nameCalling: m.behaviour_nameCalling,
	ridicule: m.behaviour_ridicule,
	gossip: m.behaviour_gossip,
	taking: m.behaviour_taking,
	threat: m.behaviour_threat,
	breaking: m.behaviour_breaking,
	tripping: m.behaviour_tripping,
	jokes: m.behaviour_jokes,
	slurs: m.behaviour_slurs,
	forcedLowMarks: m.behaviour_forcedLowMarks,
	waitingAfterSchool: m.behaviour_waitingAfterSchool,
	unwantedTouch: m.behaviour_unwantedTouch,
	gropingKissing: m.behaviour_gropingKissing,
	deathWishes: m.behaviour_deathWishes,
	forcedTheft: m.behaviour_forcedTheft,
	silencing: m.behaviour_silencing,
	forbiddingToReport: m.behaviour_forbiddingToReport,
	defyingAuthority: m.behaviour_defyingAuthority,
	insolence: m.behaviour_insolence,
	demandingAttention: m.behaviour_demandingAttention,
	disturbingLesson: m.behaviour_disturbingLesson,
	refusingWork: m.behaviour_refusingWork,
	lying: m.behaviour_lying,
	wantingToBeSentOut: m.behaviour_wantingToBeSentOut,
	sidingWithAdult: m.behaviour_sidingWithAdult,
	kindness: m.behaviour_kindness,
	helping: m.behaviour_helping,
	comforting: m.behaviour_comforting,
	including: m.behaviour_including,
	standingUpFor: m.behaviour_standingUpFor,
	makingUp: m.behaviour_makingUp,
} satisfies Record<Behaviour, () => string>;

export const basketName = {
	green: m.basket_green,
	yellow: m.basket_yellow,
	orange: m.basket_orange,
	red: m.basket_red,
} satisfies Record<Basket, () => string>;

export const formName = {
	physical: m.form_physical,
	verbal: m.form_verbal,
	nonVerbal: m.form_nonVerbal,
	relational: m.form_relational,
} satisfies Record<Form, () => string>;

export const functionName = {
	reactive: m.function_reactive,
	proactive: m.function_proactive,
} satisfies Record<AggressionFunction, () => string>;

export const handlingName = {
	spoken: m.handling_spoken,
	separated: m.handling_separated,
	comforted: m.handling_comforted,
	repaired: m.handling_repaired,
	bookmark: m.handling_bookmark,
	timeOut: m.handling_timeOut,
	passedOn: m.handling_passedOn,
	compliment: m.handling_compliment,
	none: m.handling_none,
} satisfies Record<Handling, () => string>;

export const meansName = {
	ball: m.means_ball,
	stick: m.means_stick,
	stone: m.means_stone,
	sandOrSnow: m.means_sandOrSnow,
	clothing: m.means_clothing,
	bag: m.means_bag,
	bicycle: m.means_bicycle,
	phone: m.means_phone,
	chat: m.means_chat,
	game: m.means_game,
	socialMedia: m.means_socialMedia,
	photoOrVideo: m.means_photoOrVideo,
	other: m.means_other,
} satisfies Record<Means, () => string>;

export const participantRoleName = {
	instigator: m.role_instigator,
	victim: m.role_victim,
	bystander: m.role_bystander,
	contributor: m.role_contributor,
	beneficiary: m.role_beneficiary,
} satisfies Record<ParticipantRole, () => string>;

export const roleName = {
	supervisor: m.person_role_supervisor,
	teacher: m.person_role_teacher,
	coordinator: m.person_role_coordinator,
	generalCoordinator: m.person_role_generalCoordinator,
	principal: m.person_role_principal,
	counsellor: m.person_role_counsellor,
	confidant: m.person_role_confidant,
	administrator: m.person_role_administrator,
	board: m.person_role_board,
} satisfies Record<Role, () => string>;

export const fiveBStepName = {
	bekijken: m.five_b_bekijken,
	begrijpen: m.five_b_begrijpen,
	beslissen: m.five_b_beslissen,
	bijsturen: m.five_b_bijsturen,
	beoordelen: m.five_b_beoordelen,
} satisfies Record<FiveBStep, () => string>;
