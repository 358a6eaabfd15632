import * as z from 'zod/mini';
import { AnalysisSnapshot } from '#domain/analysis/snapshot.ts';
import { Calendar } from '#domain/calendar/calendar.ts';
import { Absence } from '#domain/calendar/absence.ts';
import { Case, CaseEntry, CaseVerdict, FollowUp, FollowUpOutcome } from '#domain/cases/case.ts';
import { NonContract } from '#domain/cases/non-contract.ts';
import { StepInvitation } from '#domain/cases/step-invitation.ts';
import { Consent, StepRecord } from '#domain/cases/step-record.ts';
import { KeyFigures } from '#domain/fact-sheet/key-figures.ts';
import { Processing } from '#domain/incident/processing.ts';
import { Measure } from '#domain/measures/measure.ts';
import { Observation, Withdrawal } from '#domain/observation/observation.ts';
import { SchoolProtocol } from '#domain/protocols/school-protocol.ts';
import { QualityCard } from '#domain/quality/quality-card.ts';
import { QuarantineDecision, QuarantineEntry } from '#domain/quarantine/quarantine.ts';

import { Reminder } from '#domain/reminders/reminder.ts';
import { MonthCounts } from '#domain/retention/month-counts.ts';
import { Round, RoundEntry, RoundSnapshot } from '#domain/rounds/round.ts';
import { GroupSession } from '#domain/school/group-session.ts';
import { Group, Person, Place, Pupil, School, Site } from '#domain/school/roster.ts';
import { Signal, SignalReview } from '#domain/signals/signal.ts';
import { Thresholds } from '#domain/status/school-thresholds.ts';
import { StatusDecision } from '#domain/status/status-decision.ts';

/** Every kind of document there is: one fact, one document, one writer (D1). */
export const DOCUMENT_SCHEMAS = {
	school: School,
	site: Site,
	group: Group,
	pupil: Pupil,
	person: Person,
	place: Place,
	calendar: Calendar,
	observation: Observation,
	withdrawal: Withdrawal,
	processing: Processing,
	case: Case,
	caseEntry: CaseEntry,
	followUp: FollowUp,
	followUpOutcome: FollowUpOutcome,
	caseVerdict: CaseVerdict,
	stepRecord: StepRecord,
	stepInvitation: StepInvitation,
	nonContract: NonContract,
	consent: Consent,
	protocol: SchoolProtocol,
	absence: Absence,
	reminder: Reminder,
	analysis: AnalysisSnapshot,
	statusDecision: StatusDecision,
	measure: Measure,
	keyFigures: KeyFigures,
	round: Round,
	roundEntry: RoundEntry,
	roundSnapshot: RoundSnapshot,
	qualityCard: QualityCard,
	signal: Signal,
	signalReview: SignalReview,
	thresholds: Thresholds,
	groupSession: GroupSession,
	quarantineEntry: QuarantineEntry,
	quarantineDecision: QuarantineDecision,
	monthCounts: MonthCounts,
} as const;

export const DomainDocument = z.discriminatedUnion('type', [
	School,
	Site,
	Group,
	Pupil,
	Person,
	Place,
	Calendar,
	Observation,
	Withdrawal,
	Processing,
	Case,
	CaseEntry,
	FollowUp,
	FollowUpOutcome,
	CaseVerdict,
	StepRecord,
	StepInvitation,
	NonContract,
	Consent,
	SchoolProtocol,
	Absence,
	Reminder,
	AnalysisSnapshot,
	StatusDecision,
	Measure,
	KeyFigures,
	Round,
	RoundEntry,
	RoundSnapshot,
	QualityCard,
	Signal,
	SignalReview,
	Thresholds,
	GroupSession,
	QuarantineEntry,
	QuarantineDecision,
	MonthCounts,
]);
export type DomainDocument = z.infer<typeof DomainDocument>;
export type DocumentType = DomainDocument['type'];
export type DocumentOf<T extends DocumentType> = Extract<DomainDocument, { type: T }>;
