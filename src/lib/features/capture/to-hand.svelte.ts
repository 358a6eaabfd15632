import type { Calendar } from '#domain/calendar/calendar.ts';
import type { PlaceId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Device } from '#lib/device/device.ts';
import { rosterOf } from '#lib/device/roster.ts';
import type { Recent } from './kept.ts';

/** What lies to hand on the capture screen: the school's groups, pupils and places, the likeliest first. */
export class ToHand {
	readonly #device: Device;
	/** As it was when the screen opened, so that nothing moves under the finger. */
	readonly #recent: Recent;

	readonly roster = $derived.by(() => rosterOf(this.#device.documents));
	/** Own groups first, then the ones used lately, then the rest of the school. */
	readonly groups = $derived.by(() => {
		const front = [...(this.#device.session?.groupIds ?? []), ...this.#recent.groupIds];
		const rank = new Map([...new Set<string>(front)].map((id, index) => [id, index]));
		const rankOf = (id: string) => rank.get(id) ?? rank.size;
		return [...this.roster.groups].sort((a, b) => rankOf(a.id) - rankOf(b.id));
	});
	readonly recentPupils = $derived.by(() =>
		this.#recent.pupilIds.flatMap((id) => {
			const pupil = this.roster.pupil(id);
			return pupil && !pupil.leftOn ? pupil : [];
		}),
	);

	constructor(device: Device, recent: Recent) {
		this.#device = device;
		this.#recent = recent;
	}

	calendarOn(date: LocalDate): Calendar | undefined {
		return this.#device.documents.all('calendar').find((each) => each.from <= date && date <= each.until);
	}

	/** The place last used, else the school's first. */
	presetPlace(last: PlaceId | null): PlaceId | null {
		return (this.roster.place(last ?? '') ?? this.roster.places[0])?.id ?? null;
	}
}
