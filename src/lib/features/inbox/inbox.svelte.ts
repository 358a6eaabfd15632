import type { GroupId, ObservationId, PersonId } from '#domain/id.ts';
import { inboxItems, type InboxItem, type InboxState } from '#domain/incident/inbox-items.ts';
import { likelyDoubles, type LikelyDouble } from '#domain/incident/likely-doubles.ts';
import { othersOf } from '#domain/incident/merge-incidents.ts';
import { draftOf, type ProcessingDraft } from '#domain/incident/process-observation.ts';
import type { Result } from '#domain/result.ts';
import { dateOf, toLocalDateTime } from '#domain/time/local-time.ts';
import type { Device } from '#lib/device/device.ts';
import { rosterOf } from '#lib/device/roster.ts';
import { createDecisions, type Before, type DecisionProblem } from './decisions.ts';

/** Where one is in the inbox: kept in the address, without a name. */
export interface InboxPlace {
	readonly state: InboxState;
	readonly groupId: GroupId | null;
	/** Chosen by hand; on a phone this opens it. */
	readonly selected: ObservationId | null;
}

export type Deed = 'confirm' | 'setAside' | 'merge' | 'split' | 'undo';

/** What just happened, to be said and undone. */
export type Outcome =
	| { readonly kind: 'done'; readonly deed: Deed }
	| { readonly kind: 'problem'; readonly problem: DecisionProblem }
	| { readonly kind: 'nothingToUndo' };

/** The coordinator's inbox (M5-07): which observations, which one, and what is being made of it. */
export class Inbox {
	outcome = $state.raw<Outcome | null>(null);

	readonly #device: Device;
	readonly #place: () => InboxPlace;
	readonly #go: (to: InboxPlace) => Promise<void>;
	readonly #now: () => Date;
	/** Half-done work is kept while one looks at another observation. */
	#drafts = $state.raw<ReadonlyMap<string, ProcessingDraft>>(new Map());
	/** Not state: only `current` reads it, to stay where it was. */
	#lastShown: ObservationId | null = null;
	#done = $state.raw<readonly Before[]>([]);

	readonly roster = $derived.by(() => rosterOf(this.#device.documents));
	readonly items = $derived.by(() => {
		const { documents } = this.#device;
		return inboxItems({
			observations: documents.all('observation'),
			withdrawals: documents.all('withdrawal'),
			processings: documents.all('processing'),
		});
	});
	readonly #byDay = $derived(Map.groupBy(this.items, ({ observation }) => dateOf(observation.occurredAt)));
	readonly counts = $derived.by(() => {
		const counts: Record<InboxState, number> = { toProcess: 0, confirmed: 0, setAside: 0 };
		for (const item of this.items) if (this.#inGroup(item)) counts[item.state]++;
		return counts;
	});
	readonly visible = $derived(this.items.filter((item) => item.state === this.#place().state && this.#inGroup(item)));
	/**
	 * What the detail shows: what was chosen, or the first of the list. A newer one that arrives above it does not
	 * push it aside: a key must never decide on something other than what was read.
	 */
	readonly current = $derived.by(() => {
		const { selected } = this.#place();
		const isOf = (id: string | null) => (item: InboxItem) => item.observation.id === id;
		const current = this.items.find(isOf(selected)) ?? this.visible.find(isOf(this.#lastShown)) ?? this.visible[0];
		this.#lastShown = current?.observation.id ?? null;
		return current;
	});
	readonly draft = $derived(this.current && (this.#drafts.get(this.current.observation.id) ?? draftOf(this.current)));
	readonly together = $derived(this.current ? othersOf(this.current, this.items) : []);
	readonly doubles = $derived.by(() =>
		this.current ? this.doublesOf(this.current).filter(({ item }) => item.incidentId !== this.current?.incidentId) : [],
	);
	readonly today = $derived.by(() => {
		const zone = this.#device.documents.all('school')[0]?.zone ?? 'Europe/Amsterdam';
		return dateOf(toLocalDateTime(this.#now(), zone));
	});

	constructor(device: Device, place: () => InboxPlace, go: (to: InboxPlace) => Promise<void>, now: () => Date) {
		this.#device = device;
		this.#place = place;
		this.#go = go;
		this.#now = now;
	}

	doublesOf(item: InboxItem): (LikelyDouble & { readonly item: InboxItem })[] {
		const sameDay = this.#byDay.get(dateOf(item.observation.occurredAt)) ?? [];
		return likelyDoubles(item, sameDay).flatMap((double) => {
			const other = sameDay.find(({ observation }) => observation.id === double.observationId);
			return other ? [{ ...double, item: other }] : [];
		});
	}

	edit(draft: ProcessingDraft) {
		if (!this.current) return;
		this.outcome = null;
		this.#drafts = new Map(this.#drafts).set(this.current.observation.id, draft);
	}

	/** Into the incident of another observation once confirmed, or not after all. */
	toggleMerge(other: InboxItem) {
		if (!this.draft || !this.current) return;
		const merging = this.draft.incidentId === other.incidentId;
		this.edit({ ...this.draft, incidentId: merging ? this.current.incidentId : other.incidentId });
	}

	async step(by: 1 | -1): Promise<void> {
		const here = this.visible.findIndex((item) => item === this.current);
		const next = this.visible[Math.min(Math.max(here + by, 0), this.visible.length - 1)];
		if (next) await this.select(next.observation.id);
	}

	/** Resolves when the place has changed: the next decision is about what is then shown. */
	select(id: ObservationId | null): Promise<void> {
		return this.#go({ ...this.#place(), selected: id });
	}

	async decide(outcome: 'confirmed' | 'setAside') {
		const { current, draft } = this;
		if (!current || !draft) return;
		const merging = outcome === 'confirmed' && draft.incidentId !== current.incidentId;
		const deed: Deed = merging ? 'merge' : outcome === 'confirmed' ? 'confirm' : 'setAside';
		// Set aside, an observation tells of nothing that happened: it takes no other incident along.
		const decided = outcome === 'setAside' ? { ...draft, incidentId: current.incidentId } : draft;
		const next = this.#neighbour(current);
		const result = await this.#decisions.decide(current, decided, outcome, this.items);
		if (this.#concluded(result, deed, current)) await this.select(next?.observation.id ?? null);
	}

	async split() {
		const { current } = this;
		if (!current) return;
		this.#concluded(await this.#decisions.split(current, this.items), 'split', current);
	}

	/** Writes back what stood before the last decision, and goes there. */
	async undo() {
		const before = this.#done.at(-1);
		if (!before) {
			this.outcome = { kind: 'nothingToUndo' };
			return;
		}
		const result = await this.#decisions.undo(before);
		if (!result.ok) {
			this.outcome = { kind: 'problem', problem: result.error };
			return;
		}
		this.#done = this.#done.slice(0, -1);
		this.outcome = { kind: 'done', deed: 'undo' };
		const [first] = before;
		if (first) await this.#go({ ...this.#place(), state: first.state, selected: first.observation.id });
	}

	get canUndo(): boolean {
		return this.#done.length > 0;
	}

	get #decisions() {
		return createDecisions(this.#device, this.#device.session?.personId as PersonId, this.#now);
	}

	#concluded(result: Result<Before, DecisionProblem>, deed: Deed, item: InboxItem): boolean {
		if (!result.ok) {
			this.outcome = { kind: 'problem', problem: result.error };
			return false;
		}
		if (result.value.length > 0) this.#done = [...this.#done, result.value];
		const drafts = new Map(this.#drafts);
		drafts.delete(item.observation.id);
		this.#drafts = drafts;
		this.outcome = { kind: 'done', deed };
		return true;
	}

	#neighbour(item: InboxItem): InboxItem | undefined {
		const here = this.visible.indexOf(item);
		return this.visible[here + 1] ?? this.visible[here - 1];
	}

	#inGroup({ observation, processing }: InboxItem): boolean {
		const { groupId } = this.#place();
		if (!groupId) return true;
		const { participants, victimGroupId } = processing ?? observation;
		return (
			victimGroupId === groupId ||
			participants.some((each) => 'pupilId' in each && this.roster.groupOf(each.pupilId)?.id === groupId)
		);
	}
}
