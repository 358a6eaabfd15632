import { ONLY_SLOT, SLOT_HEADER } from '#domain/accounts/slots.ts';

let own: number = ONLY_SLOT;

/** For which of the people who share this phone this page speaks: set when it is opened, another person is another page. */
export const ownSlot = (): number => own;

export function speakFor(slot: number): void {
	own = slot;
}

/** The server answers for this person, and nobody else in this browser. */
export function slotHeader(slot = own): Record<string, string> {
	return slot === ONLY_SLOT ? {} : { [SLOT_HEADER]: String(slot) };
}

/** For the stream of pokes, which can have no header. */
export function slotQuery(): string {
	return own === ONLY_SLOT ? '' : `?slot=${own}`;
}
