import type { AnalysisResult, Question } from '#domain/analysis/result.ts';
import { homeTime, parentsWaiting } from '#domain/rounds/parents.ts';
import type { RoundState } from '#domain/rounds/round-state.ts';
import { walkOf } from '#domain/rounds/walk.ts';
import { dateOf, toLocalDateTime } from '#domain/time/local-time.ts';
import { Asked } from '#lib/device/analyst/asked.svelte.ts';
import { currentMinute } from '#lib/device/current-minute.ts';
import type { Device } from '#lib/device/device.ts';
import { schoolZone } from '#lib/device/school-time.ts';
import { roundBefore, roundsIn, walkedGroups } from './round-view.ts';

type Desk = Pick<Device, 'documents' | 'session'>;

/**
 * One round as all of its pages see it: who is on the walk, who gets a compliment and whose parents wait are worked out
 * here only, from the same figures. To be made while a component starts: it asks in effects.
 */
export class RoundDesk {
	readonly #device: Desk;
	readonly #round: () => RoundState | null;
	readonly #now: () => Date | undefined;
	readonly #asked: Asked;

	/** `now`: left out, it follows the clock. */
	constructor(device: Desk, round: (rounds: readonly RoundState[]) => RoundState | null, now: () => Date | undefined) {
		this.#device = device;
		this.#round = () => round(this.rounds);
		this.#now = now;
		this.#asked = new Asked(device.documents, () => this.#questions());
	}

	readonly #moment = $derived.by(() =>
		toLocalDateTime(this.#now() ?? currentMinute(), schoolZone(this.#device.documents)),
	);
	readonly today = $derived(dateOf(this.#moment));
	readonly rounds: readonly RoundState[] = $derived.by(() => roundsIn(this.#device.documents));
	readonly round = $derived.by(() => this.#round());
	readonly before = $derived(this.round && roundBefore(this.rounds, this.round));
	readonly groupIds = $derived.by(() =>
		this.round ? walkedGroups(this.round, this.#device.session, this.#device.documents) : [],
	);
	/** When school is out today: parents must know before. */
	readonly homeTime = $derived.by(() => homeTime(this.#device.documents.all('calendar'), this.today));

	/** The whole school since the round before, up to today or the last day of the walk; `null` while it is being made. */
	get figures(): AnalysisResult | null {
		return this.#asked.answer;
	}

	/** `null` while the figures are being made: who stopped is not known yet, and nobody is taken for one who went on. */
	readonly walk = $derived.by(() => {
		const { figures, round } = this;
		if (!figures || !round) return null;
		const increase = new Map(figures.counters.map(({ pupilId, change }) => [pupilId, change?.instigator ?? 0]));
		return walkOf(this.groupIds, round, {
			pupils: this.#device.documents.all('pupil'),
			decisions: this.#device.documents.all('statusDecision'),
			previous: this.before?.until ?? null,
			wentOn: (pupilId) => (increase.get(pupilId) ?? 0) > 0,
		});
	});

	/** Whose parents are to be told still. */
	readonly waiting = $derived.by(() => {
		const { documents } = this.#device;
		if (!this.round) return [];
		return parentsWaiting(this.round, documents.all('pupil'), documents.all('statusDecision'), {
			...{ now: this.#moment, zone: schoolZone(documents), calendars: documents.all('calendar') },
		});
	});

	#questions(): Question[] {
		const { round, before, today } = this;
		if (!round) return [];
		const until = today < round.until ? today : round.until;
		return [{ until, ...(before && before.on < until && { since: before.on }) }];
	}
}
