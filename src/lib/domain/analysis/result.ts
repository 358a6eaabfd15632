import type { GroupId, PlaceId, PupilId, SiteId } from '#domain/id.ts';
import type { AggressionFunction } from '#domain/incident/processing.ts';
import type { Basket } from '#domain/observation/basket.ts';
import type { Behaviour, Form } from '#domain/observation/behaviour.ts';
import type { Handling } from '#domain/observation/observation.ts';
import type { PlaceKind } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { BeforeAfter } from './before-after.ts';
import type { Comparisons } from './comparisons.ts';
import type { Concentration } from './concentration.ts';
import type { Integrity } from './integrity.ts';
import type { GroupPairFigure, PairFigure } from './pairs.ts';
import type { Precision } from './precision.ts';
import type { GroupReporting, ReporterFigure } from './reporting.ts';
import type { Rhythm } from './rhythm.ts';
import type { Situation } from './school-time.ts';
import type { Structural } from './structural.ts';

/** The rolling window of the counters (M5-08), `until` included. */
export const WINDOW_DAYS = 365;

/** What somebody wants to know. Days are local days at school; both ends count. */
export interface Question {
	readonly until: LocalDate;
	/** First day; 365 days up to `until` when it is left out. Counters always look at those 365 days. */
	readonly from?: LocalDate;
	/** Change counts what came after this day (M5-08): the day of the previous round. */
	readonly since?: LocalDate;
	/** Incidents in which an instigator or a victim is of this group, or the whole group is the victim. */
	readonly groupId?: GroupId;
	/** Incidents that belong to a group of this site, or took place there. */
	readonly siteId?: SiteId;
	/** Incidents in which this pupil is instigator or victim. */
	readonly pupilId?: PupilId;
	/** When an instigator counts as structural (M5-09); the school's own rule when it is left out. */
	readonly structuralRule?: StructuralRule;
}

/** All of these, within the period. The school may set it; the answer says which rule it used. */
export interface StructuralRule {
	readonly incidents: number;
	/** Distinct weeks, Monday to Sunday. */
	readonly weeks: number;
	/** Distinct victims: other pupils, and whole groups. */
	readonly victims: number;
}

export interface Share {
	readonly incidents: number;
	/** Of all incidents, 0–1; 0 when there are none. */
	readonly share: number;
	/** The exact 95 % interval of the share (Clopper and Pearson). */
	readonly low: number;
	readonly high: number;
	/** Incidents per school day of the period; `null` without school days. */
	readonly perSchoolDay: number | null;
}

/** So many of the incidents, as a share object. */
export type ShareOf = (incidents: number) => Share;

export interface ParetoBar {
	readonly pupilId: PupilId;
	readonly incidents: number;
	/** This pupil's and those before, together. */
	readonly cumulative: number;
	/** `cumulative` of all pairs, 0–1. */
	readonly cumulativeShare: number;
}

/** What chance alone would give the top 10 %, were every pupil as likely as any other. */
export interface Chance {
	/** Mean over the rounds of the simulation, 0–1. */
	readonly share: number;
	/** 95 of 100 rounds lie between these, ends included. */
	readonly low: number;
	readonly high: number;
	readonly rounds: number;
	/** How often chance gives the top as many pairs as it has, the school itself counted as one round more. */
	readonly p: number;
	/** Mean and 95 of 100 rounds of the Gini coefficient. */
	readonly gini: { readonly mean: number; readonly low: number; readonly high: number };
}

export interface Pareto {
	/** Pairs of an incident and a known instigator: the base of every share here. */
	readonly pairs: number;
	/** Incidents without a known instigator; in no pair. */
	readonly incidentsWithoutInstigator: number;
	/** Most incidents first, equal ones by id. */
	readonly instigators: readonly ParetoBar[];
	/** The fewest pupils who together stand at 80 % of the pairs or more. */
	readonly pupilsAt80: number;
	/** Pupils who could have been in it: at school in the period, or named. */
	readonly pupils: number;
	readonly top10: { readonly pupils: number; readonly pairs: number; readonly share: number };
	/** `null` when there is nothing to compare: no pair, or a single pupil. */
	readonly chance: Chance | null;
}

export interface RoleCounts {
	readonly reporter: number;
	readonly instigator: number;
	readonly victim: number;
}

export interface Counter extends RoleCounts {
	readonly pupilId: PupilId;
	readonly groupId: GroupId | null;
	/** New after `since`, within the window; `null` when no `since` was asked. */
	readonly change: RoleCounts | null;
}

export interface PlaceFigure extends Share {
	/** `null`: no place was given. */
	readonly placeId: PlaceId | null;
	/** `null`: no place was given, or the roster does not know it. */
	readonly kind: PlaceKind | null;
	/** Incidents per hour of the day, 0–23. */
	readonly hours: readonly number[];
	/** Per hour in which somebody watches there; `null` where the school does not say how long. */
	readonly perSupervisedHour: number | null;
}

export interface SituationFigure extends Share {
	readonly situation: Situation;
	/** How long it lasted on all school days together; `null` for what has no fixed length. */
	readonly minutes: number | null;
	readonly perHour: number | null;
}

/** Everything is a count of incidents unless it says otherwise; green incidents are counted in `counts.green` only. */
export interface AnalysisResult {
	readonly v: 1;
	readonly period: {
		readonly from: LocalDate;
		readonly until: LocalDate;
		readonly since: LocalDate | null;
		readonly groupId: GroupId | null;
		readonly siteId: SiteId | null;
		readonly pupilId: PupilId | null;
		/** First day of the counters. */
		readonly countersFrom: LocalDate;
		readonly schoolDays: number;
		/** Incidents per school day; `null` without school days. */
		readonly perSchoolDay: number | null;
	};
	readonly counts: {
		readonly observations: number;
		readonly incidents: number;
		/** Observations among them that the coordinator did not confirm yet. */
		readonly unprocessed: number;
		/** Incidents of wanted behaviour: never trouble, in no other figure. */
		readonly green: number;
	};
	readonly pareto: Pareto;
	readonly concentration: Concentration;
	readonly structural: Structural;
	/** Pupils with only zeros left out; most as instigator first, equal ones by id. */
	readonly counters: readonly Counter[];
	/** Most incidents first, equal ones by id, no place last among equals. */
	readonly places: readonly PlaceFigure[];
	/** Incidents per hour of the day, 0–23. */
	readonly hours: readonly number[];
	/** Monday first. */
	readonly weekdays: readonly number[];
	/** School days of the period per weekday, and incidents a school day; `null` where there are none. */
	readonly weekdayRates: readonly { readonly schoolDays: number; readonly perSchoolDay: number | null }[];
	/** Every month of the period, `2026-03`, also those without. */
	readonly months: readonly {
		readonly month: string;
		readonly incidents: number;
		readonly schoolDays: number;
		readonly perSchoolDay: number | null;
	}[];
	readonly rhythm: Rhythm;
	/** Since the previous round, beside as long before it; `null` without one. */
	readonly sinceRound: BeforeAfter | null;
	readonly precision: Precision | null;
	/** In the order of the school day, those without incidents too. */
	readonly situations: readonly SituationFigure[];
	/** Most first, equal ones in the order of the catalogue; those that did not happen left out. */
	readonly behaviours: readonly (Share & { readonly behaviour: Behaviour })[];
	readonly forms: readonly (Share & { readonly form: Form })[];
	/** Mildest first. */
	readonly baskets: readonly (Share & { readonly basket: Exclude<Basket, 'green'> })[];
	readonly violent: Share;
	readonly playground: Share;
	readonly digital: Share;
	readonly outsideSchool: Share;
	/** Most first, equal ones by id; groups without incidents left out. An incident can be of several groups. */
	readonly groups: readonly (Share & { readonly groupId: GroupId })[];
	/** Aimed at a whole group; most first, equal ones by id. */
	readonly wholeGroup: Share;
	readonly wholeGroups: readonly (Share & { readonly groupId: GroupId })[];
	/** Most first, equal ones in the order of the catalogue; an incident can be handled in several ways. */
	readonly handling: readonly (Share & { readonly handling: Handling })[];
	/** Nobody said how it was handled. */
	readonly unhandled: Share;
	/** As the teacher's questionnaire said, never guessed (M5-03). */
	readonly functions: Readonly<Record<AggressionFunction | 'open', Share>>;
	readonly pairs: readonly PairFigure[];
	readonly groupPairs: readonly GroupPairFigure[];
	/** `null` when a group or a pupil was asked for: a part is not compared with itself. */
	readonly comparisons: Comparisons | null;
	/** For the coordinator only (M5-06). */
	readonly reporters: readonly ReporterFigure[];
	readonly groupReporting: readonly GroupReporting[];
	readonly integrity: Integrity;
}

/** One figure of the result, to ask which incidents are behind it. */
export type Cell =
	| { readonly kind: 'incidents' }
	| { readonly kind: 'green' }
	| { readonly kind: 'unprocessed' }
	/** A bar of the Pareto: within period and group. */
	| { readonly kind: 'instigator'; readonly pupilId: PupilId }
	/** A pupil's counter: over the rolling window and the whole school. */
	| { readonly kind: 'counter'; readonly role: keyof RoleCounts; readonly pupilId: PupilId }
	| { readonly kind: 'place'; readonly placeId: PlaceId | null; readonly hour?: number }
	| { readonly kind: 'hour'; readonly hour: number }
	/** 1 = Monday … 7 = Sunday. */
	| { readonly kind: 'weekday'; readonly weekday: number }
	| { readonly kind: 'month'; readonly month: string }
	| { readonly kind: 'behaviour'; readonly behaviour: Behaviour }
	| { readonly kind: 'form'; readonly form: Form }
	| { readonly kind: 'basket'; readonly basket: Exclude<Basket, 'green'> }
	| { readonly kind: 'group'; readonly groupId: GroupId }
	| { readonly kind: 'violent' | 'playground' | 'digital' | 'outsideSchool' | 'noInstigator' };
