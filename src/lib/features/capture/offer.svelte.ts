import type { ObservationDraft } from '#domain/observation/draft.ts';
import type { Observation } from '#domain/observation/observation.ts';

/** A tap has taken a draft off the screen: what it was, so that it can be brought back. */
export type Offer =
	| { readonly kind: 'saved'; readonly observation: Observation; readonly draft: ObservationDraft }
	| { readonly kind: 'cleared'; readonly draft: ObservationDraft };

const OFFER_MS = 10_000;

/** The one offer that stands, for ten seconds. */
export class OfferForAWhile {
	#timer: ReturnType<typeof setTimeout> | undefined;
	current: Offer | null = $state.raw(null);

	make(offer: Offer): void {
		this.withdraw();
		this.current = offer;
		this.#timer = setTimeout(() => (this.current = null), OFFER_MS);
	}

	withdraw(): void {
		clearTimeout(this.#timer);
		this.current = null;
	}
}
