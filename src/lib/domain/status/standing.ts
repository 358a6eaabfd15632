import type { PupilId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { PupilStatus, StatusDecision } from './status-decision.ts';

/** A pupil can be spoken to as instigator and helped as victim at once, so both are kept apart. */
type Track = 'instigator' | 'victim';

const TRACK = {
	A0: 'instigator',
	A1: 'instigator',
	A2: 'instigator',
	N: 'instigator',
	'N+': 'instigator',
	S1: 'victim',
	S2: 'victim',
	SN: 'victim',
} as const satisfies Record<PupilStatus, Track>;

function trackOf(status: PupilStatus): Track {
	return TRACK[status];
}

export type Standing = { readonly [T in Track]: StatusDecision | null };

/** Where each pupil stands on a day: per track the decision that holds since last; whoever has none is left out. */
export function standingsOn(decisions: Iterable<StatusDecision>, on: LocalDate): ReadonlyMap<PupilId, Standing> {
	const standings = new Map<PupilId, Standing>();
	for (const decision of decisions) {
		if (decision.from > on) continue;
		const standing = standings.get(decision.pupilId) ?? { instigator: null, victim: null };
		const track = trackOf(decision.status);
		const known = standing[track];
		if (known === null || isLater(decision, known)) standings.set(decision.pupilId, { ...standing, [track]: decision });
	}
	return standings;
}

/** A pupil's decisions, the one that holds since last first. */
export function historyOf(decisions: Iterable<StatusDecision>, pupilId: PupilId): StatusDecision[] {
	return [...decisions].filter((each) => each.pupilId === pupilId).sort((a, b) => (isLater(a, b) ? -1 : 1));
}

/** By the day it holds from, then by when it was decided, then by id: the same on every device. */
function isLater(a: StatusDecision, b: StatusDecision): boolean {
	if (a.from !== b.from) return a.from > b.from;
	const [first, second] = [Date.parse(a.decidedAt), Date.parse(b.decidedAt)];
	return first === second ? a.id > b.id : first > second;
}
