import { GroupId, ObservationId } from '#domain/id.ts';
import type { InboxState } from '#domain/incident/inbox-items.ts';
import type { InboxPlace } from './inbox.svelte.ts';

const STATES: readonly InboxState[] = ['toProcess', 'confirmed', 'setAside'];

/** The place in the inbox as an address says it; anything else in the address is not heard. Ids only, no names. */
export function inboxPlaceIn(query: URLSearchParams): InboxPlace {
	const groupId = GroupId.safeParse(query.get('group'));
	const selected = ObservationId.safeParse(query.get('observation'));
	return {
		state: STATES.find((state) => state === query.get('state')) ?? 'toProcess',
		groupId: groupId.success ? groupId.data : null,
		selected: selected.success ? selected.data : null,
	};
}

export function inboxAddress({ state, groupId, selected }: InboxPlace): string {
	const query = new URLSearchParams();
	if (state !== 'toProcess') query.set('state', state);
	if (groupId) query.set('group', groupId);
	if (selected) query.set('observation', selected);
	return query.size > 0 ? `/inbox?${query}` : '/inbox';
}
