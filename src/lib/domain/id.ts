import * as z from 'zod/mini';

/**
 * Ids are random: a type prefix and a ULID (`obs_01J8…`), never a name or a number that means something
 * outside this school.
 */
export const ID_PREFIX = {
	school: 'sch',
	site: 'sit',
	group: 'grp',
	pupil: 'pup',
	person: 'per',
	place: 'plc',
	calendar: 'cal',
	observation: 'obs',
	withdrawal: 'wdr',
	processing: 'prc',
	incident: 'inc',
	case: 'cas',
	caseEntry: 'cse',
	followUp: 'fup',
	followUpOutcome: 'fuo',
	caseVerdict: 'ver',
	stepRecord: 'str',
	stepInvitation: 'inv',
	nonContract: 'ncn',
	consent: 'cns',
	protocol: 'pro',
	absence: 'abs',
	reminder: 'rem',
	analysis: 'ana',
	statusDecision: 'sts',
	measure: 'msr',
	keyFigures: 'kfg',
	round: 'rnd',
	roundEntry: 'rde',
	roundSnapshot: 'rds',
	qualityCard: 'qlt',
	signal: 'sgn',
	signalReview: 'sgr',
	thresholds: 'thr',
	groupSession: 'gse',
	device: 'dev',
	quarantineEntry: 'qua',
	quarantineDecision: 'qde',
	monthCounts: 'mon',
} as const;

export type IdKind = keyof typeof ID_PREFIX;
export type Id<K extends IdKind> = string & z.core.$brand<K>;

/** Crockford's base 32, upper case, 26 characters: https://github.com/ulid/spec */
const ULID = '[0-9A-HJKMNP-TV-Z]{26}';

function schemaFor<K extends IdKind>(kind: K) {
	return z
		.string()
		.check(z.regex(new RegExp(`^${ID_PREFIX[kind]}_${ULID}$`)))
		.brand<K>();
}

export const SchoolId = schemaFor('school');
export const SiteId = schemaFor('site');
export const GroupId = schemaFor('group');
export const PupilId = schemaFor('pupil');
export const PersonId = schemaFor('person');
export const PlaceId = schemaFor('place');
export const CalendarId = schemaFor('calendar');
export const ObservationId = schemaFor('observation');
export const WithdrawalId = schemaFor('withdrawal');
export const ProcessingId = schemaFor('processing');
export const IncidentId = schemaFor('incident');
export const CaseId = schemaFor('case');
export const CaseEntryId = schemaFor('caseEntry');
export const FollowUpId = schemaFor('followUp');
export const FollowUpOutcomeId = schemaFor('followUpOutcome');
export const CaseVerdictId = schemaFor('caseVerdict');
export const StepRecordId = schemaFor('stepRecord');
export const StepInvitationId = schemaFor('stepInvitation');
export const NonContractId = schemaFor('nonContract');
export const ConsentId = schemaFor('consent');
export const ProtocolId = schemaFor('protocol');
export const AbsenceId = schemaFor('absence');
export const ReminderId = schemaFor('reminder');
export const AnalysisId = schemaFor('analysis');
export const StatusDecisionId = schemaFor('statusDecision');
export const MeasureId = schemaFor('measure');
export const KeyFiguresId = schemaFor('keyFigures');
export const RoundId = schemaFor('round');
export const RoundEntryId = schemaFor('roundEntry');
export const RoundSnapshotId = schemaFor('roundSnapshot');
export const QualityCardId = schemaFor('qualityCard');
export const SignalId = schemaFor('signal');
export const SignalReviewId = schemaFor('signalReview');
export const GroupSessionId = schemaFor('groupSession');
export const ThresholdsId = schemaFor('thresholds');
export const DeviceId = schemaFor('device');
export const QuarantineEntryId = schemaFor('quarantineEntry');
export const QuarantineDecisionId = schemaFor('quarantineDecision');
export const MonthCountsId = schemaFor('monthCounts');

export type SchoolId = z.infer<typeof SchoolId>;
export type SiteId = z.infer<typeof SiteId>;
export type GroupId = z.infer<typeof GroupId>;
export type PupilId = z.infer<typeof PupilId>;
export type PersonId = z.infer<typeof PersonId>;
export type PlaceId = z.infer<typeof PlaceId>;
export type CalendarId = z.infer<typeof CalendarId>;
export type ObservationId = z.infer<typeof ObservationId>;
export type WithdrawalId = z.infer<typeof WithdrawalId>;
export type ProcessingId = z.infer<typeof ProcessingId>;
export type IncidentId = z.infer<typeof IncidentId>;
export type CaseId = z.infer<typeof CaseId>;
export type CaseEntryId = z.infer<typeof CaseEntryId>;
export type FollowUpId = z.infer<typeof FollowUpId>;
export type FollowUpOutcomeId = z.infer<typeof FollowUpOutcomeId>;
export type CaseVerdictId = z.infer<typeof CaseVerdictId>;
export type StepRecordId = z.infer<typeof StepRecordId>;
export type StepInvitationId = z.infer<typeof StepInvitationId>;
export type NonContractId = z.infer<typeof NonContractId>;
export type ConsentId = z.infer<typeof ConsentId>;
export type ProtocolId = z.infer<typeof ProtocolId>;
export type AbsenceId = z.infer<typeof AbsenceId>;
export type ReminderId = z.infer<typeof ReminderId>;
export type AnalysisId = z.infer<typeof AnalysisId>;
export type RoundId = z.infer<typeof RoundId>;
export type RoundEntryId = z.infer<typeof RoundEntryId>;
export type RoundSnapshotId = z.infer<typeof RoundSnapshotId>;
export type QualityCardId = z.infer<typeof QualityCardId>;
export type SignalId = z.infer<typeof SignalId>;
export type SignalReviewId = z.infer<typeof SignalReviewId>;
export type GroupSessionId = z.infer<typeof GroupSessionId>;
export type ThresholdsId = z.infer<typeof ThresholdsId>;
export type DeviceId = z.infer<typeof DeviceId>;
export type QuarantineEntryId = z.infer<typeof QuarantineEntryId>;
export type QuarantineDecisionId = z.infer<typeof QuarantineDecisionId>;
export type MonthCountsId = z.infer<typeof MonthCountsId>;

/** Joins a kind and a ULID made by the caller: the domain has no clock and no dice. */
export function idOf<K extends IdKind>(kind: K, ulid: string): Id<K> {
	return `${ID_PREFIX[kind]}_${ulid}` as Id<K>;
}

/** The ULID part, to derive the id of a document that belongs to exactly one other. */
export function ulidOf(id: string): string {
	return id.slice(id.indexOf('_') + 1);
}

/** So many characters, each one of 43 that begin at `0`, make a number of 28 bits: small enough to be kept in place. */
const RANKED = 5;
const FIRST_CODE = 48;
const CODES = 43;

/** A number that rises with the id, for ids of one kind; those whose ULIDs begin alike share one. */
export function rankOfId(id: string): number {
	const start = id.indexOf('_') + 1;
	let rank = 0;
	for (let place = start; place < start + RANKED; place++) rank = rank * CODES + id.charCodeAt(place) - FIRST_CODE;
	return rank;
}

/** One processing per observation: two coordinators meet on the same document and see each other. */
export function processingIdFor(observation: ObservationId): ProcessingId {
	return idOf('processing', ulidOf(observation));
}

/** An observation that nobody merged is an incident by itself. */
export function incidentIdFor(observation: ObservationId): IncidentId {
	return idOf('incident', ulidOf(observation));
}

/** One decision per entry: two coordinators meet on the same document. */
export function quarantineDecisionIdFor(entry: QuarantineEntryId): QuarantineDecisionId {
	return idOf('quarantineDecision', ulidOf(entry));
}
