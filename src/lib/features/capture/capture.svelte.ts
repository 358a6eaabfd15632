import { ulid } from 'ulid';
import { idOf, type GroupId, type ObservationId } from '#domain/id.ts';
import {
	choose,
	describeChild,
	emptyDraft,
	isUntouched,
	openSlots,
	sameChild,
	toggleChild,
	type DraftChild,
	type DraftRole,
	type ObservationDraft,
	type OpenSlot,
} from '#domain/observation/draft.ts';
import { draftOf, sameAgain, toObservation } from '#domain/observation/finish-draft.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { whenFor } from '#domain/observation/when.ts';
import { ok } from '#domain/result.ts';
import { dateOf, toLocalDateTime, type Instant, type LocalDateTime } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';
import { schoolZone } from '#lib/device/school-time.ts';
import { rememberLogging, takeBack } from './after-save.ts';
import { draftNote, rememberUse, type CaptureStart, type KeptDraft, type Recent, type Step } from './kept.ts';
import { DoubleTap } from './double-tap.ts';
import { LatestWrite } from './latest-write.ts';
import { OfferForAWhile, type Offer } from './offer.svelte.ts';
import { ToHand } from './to-hand.svelte.ts';

export type SheetName = 'behaviours' | 'unknown' | 'note' | 'handling' | 'when' | 'more';

export type Notice =
	| { readonly kind: 'open'; readonly slot: OpenSlot }
	| { readonly kind: 'inFuture' | 'notKept' | 'finishFirst' | 'undone' }
	| SaveProblem;

/** Nobody sees a wait that is shorter. */
const SLOW_MS = 200;

/** What the capture screen shows and does. Every tap lands here; what it means is decided by the domain. */
export class Capture {
	readonly #device: Device;
	readonly #clock: () => number;
	readonly #keeper: LatestWrite<KeptDraft | null>;
	#firstTapAt: number | null;
	readonly #doubleTap = new DoubleTap<DraftChild>(sameChild);
	readonly #toHand: ToHand;
	readonly #offer = new OfferForAWhile();

	/** As chosen; `draft` adds the place that is preset. */
	#chosen: ObservationDraft = $state.raw() as ObservationDraft;
	#recent: Recent = $state.raw() as Recent;

	readonly corrects: boolean;
	now: LocalDateTime = $state.raw() as LocalDateTime;
	step: Step = $state('who');
	groupId: GroupId | null = $state(null);
	sheet: SheetName | null = $state(null);
	notice: Notice | null = $state.raw(null);
	#isSaving = false;
	/** A save is taking so long that it must be seen. */
	savingSlowly = $state(false);
	/** Counts how often the screen moved on by itself: the focus follows. */
	moves = $state(0);

	readonly draft: ObservationDraft = $derived.by(() => {
		if (this.corrects || this.#chosen.placeId || this.#chosen.outsideSchool) return this.#chosen;
		return { ...this.#chosen, placeId: this.#toHand.presetPlace(this.#recent.placeId) };
	});
	readonly open = $derived.by(() => openSlots(this.draft, this.roster));
	readonly untouched = $derived.by(() => isUntouched(this.#chosen));
	constructor(device: Device, start: CaptureStart, clock: () => number = Date.now) {
		this.#device = device;
		this.#clock = clock;
		this.#recent = start.recent;
		this.#toHand = new ToHand(device, start.recent);
		this.corrects = start.correct !== null;
		const { notes } = device;
		const name = draftNote(this.corrects);
		this.#keeper = new LatestWrite(
			(kept) => (kept ? notes.put(name, kept) : notes.remove(name)),
			() => (this.notice = { kind: 'notKept' }),
		);
		this.now = this.#localNow();
		const first = this.#firstDraft(start);
		this.#chosen = first.draft;
		this.#firstTapAt = first.firstTapAt;
		this.step = first.step;
		this.groupId = first.groupId;
		if (start.again && start.kept && !isUntouched(start.kept.draft)) this.notice = { kind: 'finishFirst' };
	}

	get roster() {
		return this.#toHand.roster;
	}

	get groups() {
		return this.#toHand.groups;
	}

	get recentPupils() {
		return this.#toHand.recentPupils;
	}

	get calendar() {
		return this.#toHand.calendarOn(dateOf(this.now));
	}

	get offer(): Offer | null {
		return this.#offer.current;
	}

	/** The wall clock moved on, or somebody looks at the screen again. */
	tick(): void {
		this.now = this.#localNow();
	}

	/** Called at every tap on the screen: the first one starts the clock, and "now" means that moment. */
	touch(): void {
		if (this.#firstTapAt !== null) return;
		this.#firstTapAt = this.#clock();
		this.tick();
		if (this.#chosen.when.kind === 'now' && this.untouched)
			this.#chosen = choose(this.#chosen, { when: whenFor('now', this.now) });
	}

	/** One transition of the draft; kept on the device, and the next open word comes up when this one is filled. */
	change(next: ObservationDraft): void {
		this.touch();
		const before = this.open;
		this.#chosen = next;
		this.notice = null;
		this.#moveOn(before);
		this.#keep();
	}

	tapChild(child: DraftChild, role: DraftRole): void {
		if (this.#doubleTap.isSecond(child, this.#clock())) return;
		this.change(toggleChild(this.draft, child, role));
	}

	describe(words: string, role: DraftRole): void {
		this.change(describeChild(this.draft, words, role));
	}

	goTo(slot: Step | 'when'): void {
		if (slot === 'when') this.sheet = 'when';
		else this.step = slot;
		this.#keep();
	}

	pickGroup(groupId: GroupId | null): void {
		this.groupId = groupId;
		this.#keep();
	}

	/** Saved means on disk (D3). Says what is open instead of refusing in silence; a draft that could not be saved stays. */
	async save(): Promise<'saved' | 'corrected' | 'refused'> {
		const { session } = this.#device;
		if (this.#isSaving || !session) return 'refused';
		this.tick();
		const draft = this.draft;
		const result = toObservation(draft, {
			schoolId: session.schoolId,
			reporterId: session.personId,
			zone: schoolZone(this.#device.documents),
			now: this.now,
			notedAt: this.#instant(),
			roster: this.roster,
		});
		if (!result.ok) {
			this.#pointAt(result.error.kind === 'open' ? (result.error.slots[0] ?? 'what') : 'when');
			return 'refused';
		}
		this.#isSaving = true;
		// Until then the screen stays as it is: drawing it anew would come between the disk and its answer.
		const slow = setTimeout(() => (this.savingSlowly = true), SLOW_MS);
		const outcome = await this.#device.save([result.value], { undoable: !this.corrects });
		clearTimeout(slow);
		this.savingSlowly = this.#isSaving = false;
		if (!outcome.ok) {
			this.notice = outcome.error;
			return 'refused';
		}
		await this.#afterSave(result.value, draft);
		return this.corrects ? 'corrected' : 'saved';
	}

	/** Brings back what was just saved or cleared. What has already been sent is withdrawn. */
	async undo(): Promise<void> {
		const { offer } = this;
		if (!offer) return;
		this.#offer.withdraw();
		const back =
			offer.kind === 'saved'
				? await takeBack(this.#device, offer, { newId: this.#newId(), at: this.#instant() })
				: ok(offer.draft);
		if (!back.ok) {
			this.notice = back.error;
			return;
		}
		this.notice = { kind: 'undone' };
		// Another observation is under way: that one stays on the screen.
		if (!this.untouched) return;
		this.#chosen = back.value;
		this.step = 'what';
		this.#keep();
	}

	/** "The same again": copies what was just saved, now. */
	again(): void {
		if (this.offer?.kind !== 'saved') return;
		const { observation } = this.offer;
		this.#offer.withdraw();
		this.touch();
		this.#chosen = this.#copy(observation);
		this.step = 'what';
		this.notice = null;
		this.#keep();
	}

	/** Starts afresh; what stood there can be brought back for ten seconds. */
	clear(): void {
		const { draft } = this;
		this.#startAfresh();
		this.notice = null;
		this.#offer.make({ kind: 'cleared', draft });
	}

	/** For who waits until everything is on the disk. */
	settled(): Promise<void> {
		return this.#keeper.settled();
	}

	stop(): void {
		this.#offer.withdraw();
	}

	#firstDraft(start: CaptureStart): KeptDraft {
		if (start.kept) return start.kept;
		const shown = start.correct ?? start.again;
		const [child] = shown?.participants ?? [];
		const shownGroup = child && 'pupilId' in child ? this.roster.groupOf(child.pupilId)?.id : undefined;
		const known = (id: GroupId | undefined) => (id && this.roster.group(id) ? id : undefined);
		const lately = known(start.recent.groupIds[0]) ?? known(this.#device.session?.groupIds[0]);
		const draft = start.correct
			? draftOf(start.correct, this.now)
			: start.again
				? this.#copy(start.again)
				: this.#blank();
		const firstTapAt = start.again ? this.#clock() : null;
		return { draft, step: shown ? 'what' : 'who', groupId: shownGroup ?? lately ?? null, firstTapAt };
	}

	#blank(): ObservationDraft {
		return emptyDraft({ id: this.#newId(), placeId: null, when: whenFor('now', this.now) });
	}

	#copy(observation: Observation): ObservationDraft {
		return sameAgain(observation, { id: this.#newId(), when: whenFor('now', this.now) });
	}

	#startAfresh(): void {
		this.tick();
		this.#chosen = this.#blank();
		this.#firstTapAt = null;
		this.step = 'who';
		this.#keeper.put(null);
	}

	#keep(): void {
		const { groupId, step } = this;
		this.#keeper.put({ draft: this.#chosen, step, groupId, firstTapAt: this.#firstTapAt });
	}

	/** Only when the word of this step was open and no longer is: who comes back to change it stays. */
	#moveOn(openBefore: readonly OpenSlot[]): void {
		if (!openBefore.includes(this.step) || this.open.includes(this.step)) return;
		const [next] = this.open;
		if (!next) return;
		this.step = next;
		this.moves++;
	}

	#pointAt(slot: OpenSlot | 'when'): void {
		this.notice = slot === 'when' ? { kind: 'inFuture' } : { kind: 'open', slot };
		this.goTo(slot);
	}

	async #afterSave(observation: Observation, draft: ObservationDraft): Promise<void> {
		const took = this.#firstTapAt === null ? null : this.#clock() - this.#firstTapAt;
		const wasCorrection = this.corrects;
		const pupilIds = observation.participants.flatMap((child) => ('pupilId' in child ? child.pupilId : []));
		this.#offer.withdraw();
		this.#recent = rememberUse(this.#recent, {
			pupilIds,
			groupIds: [this.groupId, ...pupilIds.map((id) => this.roster.groupOf(id)?.id)].filter(
				(id): id is GroupId => !!id,
			),
			placeId: observation.placeId,
		});
		if (wasCorrection) this.#keeper.put(null);
		else {
			this.#startAfresh();
			this.notice = null;
		}
		// An app that is killed at the word "saved" must not come back with the draft of what it saved.
		await this.#keeper.settled();
		if (!wasCorrection) this.#offer.make({ kind: 'saved', observation, draft });
		// The observation is safe; a device too full for these little notes says so.
		await rememberLogging(this.#device.notes, this.#recent, wasCorrection ? null : took).catch(
			() => (this.notice = { kind: 'notKept' }),
		);
	}

	#newId(): ObservationId {
		return idOf('observation', ulid(this.#clock()));
	}

	#instant(): Instant {
		return new Date(this.#clock()).toISOString() as Instant;
	}

	#localNow(): LocalDateTime {
		return toLocalDateTime(new Date(this.#clock()), schoolZone(this.#device.documents));
	}
}
