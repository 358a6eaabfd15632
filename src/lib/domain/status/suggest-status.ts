import type { AnalysisResult, Counter } from '#domain/analysis/result.ts';
import type { PupilId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Standing } from './standing.ts';
import type { PupilStatus } from './status-decision.ts';

/** Fewer victim roles than this in a year happen to most children. */
const REPEATED_VICTIM = 4;
/** An increase below this may be a bad day. */
const CLEAR_INCREASE = 3;

/** Why a status is worth talking about; words are made of it elsewhere. */
export type Because =
	/** Instigator again and again, by the school's rule; nobody spoke about it yet. */
	| { readonly kind: 'keepsComingBack'; readonly weeks: number; readonly victims: number }
	/** More since the round, but no pattern. */
	| { readonly kind: 'moreSinceRound' }
	/** It went on after being addressed. */
	| { readonly kind: 'wentOn' }
	/** Nothing new since the round (M5-14). */
	| { readonly kind: 'stopped' }
	/** New ones after it had stopped. */
	| { readonly kind: 'cameBack' }
	| { readonly kind: 'victimOften' }
	| { readonly kind: 'victimAgain' }
	| { readonly kind: 'victimNoMore' };

/** Evidence with a proposal; a person decides (D9). */
export interface StatusSuggestion {
	readonly pupilId: PupilId;
	readonly now: PupilStatus | null;
	readonly status: PupilStatus;
	readonly because: Because;
	/** The counter before the round and now, as instigator or as victim: "19 → 23". */
	readonly before: number;
	readonly count: number;
	readonly increase: number;
	readonly since: LocalDate;
}

/**
 * What the figures of a whole school say about statuses, for the session before a round (M5-11, M5-13). Without a previous
 * round there is no change to go by, and nothing is proposed.
 */
export function suggestStatuses(
	{ counters, structural, period }: AnalysisResult,
	standings: ReadonlyMap<PupilId, Standing>,
): StatusSuggestion[] {
	const { since } = period;
	if (since === null) return [];
	const patterns = new Map(structural.pupils.map((each) => [each.pupilId, each]));
	const known = new Map(counters.map((counter) => [counter.pupilId, counter]));
	// Who has a status and no counter left has stopped.
	for (const pupilId of standings.keys()) if (!known.has(pupilId)) known.set(pupilId, noMore(pupilId));
	return [...known.values()].flatMap(({ pupilId, instigator, victim, change }) => {
		const standing = standings.get(pupilId);
		const asked = [
			{
				now: standing?.instigator ?? null,
				count: instigator,
				increase: change?.instigator ?? 0,
				suggest: asInstigator(patterns.get(pupilId)),
			},
			{ now: standing?.victim ?? null, count: victim, increase: change?.victim ?? 0, suggest: asVictim(victim) },
		];
		return asked.flatMap(({ now, count, increase, suggest }): StatusSuggestion[] => {
			// A status of after the round has had no time to show anything.
			if (now && now.from > since) return [];
			const found = suggest(now?.status ?? null, increase);
			if (!found || found.status === now?.status) return [];
			return [{ pupilId, now: now?.status ?? null, ...found, before: count - increase, count, increase, since }];
		});
	});
}

type Suggest = (now: PupilStatus | null, increase: number) => { status: PupilStatus; because: Because } | null;

function asInstigator(pattern: { readonly weeks: number; readonly victims: number } | undefined): Suggest {
	return (now, increase) => {
		switch (now) {
			case null:
				if (increase > 0 && pattern) {
					const { weeks, victims } = pattern;
					return { status: 'A1', because: { kind: 'keepsComingBack', weeks, victims } };
				}
				return increase >= CLEAR_INCREASE ? { status: 'A0', because: { kind: 'moreSinceRound' } } : null;
			case 'N':
			case 'N+':
				return increase > 0 ? { status: pattern ? 'A1' : 'N+', because: { kind: 'cameBack' } } : null;
			case 'A0':
				if (increase === 0) return { status: 'N', because: { kind: 'stopped' } };
				return pattern ? { status: 'A1', because: { kind: 'wentOn' } } : null;
			case 'A1':
			case 'A2':
				if (increase === 0) return { status: 'N', because: { kind: 'stopped' } };
				return { status: 'A2', because: { kind: 'wentOn' } };
			default:
				return null;
		}
	};
}

function asVictim(count: number): Suggest {
	return (now, increase) => {
		switch (now) {
			case null:
				return count >= REPEATED_VICTIM && increase > 0 ? { status: 'S1', because: { kind: 'victimOften' } } : null;
			case 'SN':
				return increase > 0 ? { status: 'S1', because: { kind: 'victimAgain' } } : null;
			case 'S1':
			case 'S2':
				if (increase === 0) return { status: 'SN', because: { kind: 'victimNoMore' } };
				return { status: 'S2', because: { kind: 'victimAgain' } };
			default:
				return null;
		}
	};
}

function noMore(pupilId: PupilId): Counter {
	const none = { reporter: 0, instigator: 0, victim: 0 };
	return { pupilId, groupId: null, ...none, change: none };
}
