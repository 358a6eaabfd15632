import { incidentIdFor, type IncidentId } from '#domain/id.ts';
import type { InboxItem } from './inbox-items.ts';
import { draftOf, processingOf, type ProcessingStamp } from './process-observation.ts';
import type { Processing } from './processing.ts';

/** What else tells of the same event. */
export function othersOf(item: InboxItem, items: readonly InboxItem[]): InboxItem[] {
	return items.filter((other) => other.incidentId === item.incidentId && other.observation.id !== item.observation.id);
}

/**
 * The revisions that bring the others of an item's incident along to another incident. The item itself goes
 * with the coordinator's own draft. Without this a third account would be left behind, and the event counted twice.
 */
export function moveAlong(
	item: InboxItem,
	into: IncidentId,
	items: readonly InboxItem[],
	stamp: ProcessingStamp,
): Processing[] {
	if (item.incidentId === into) return [];
	return othersOf(item, items).map((other) => inIncident(other, into, stamp));
}

/**
 * The revisions that make an item an incident by itself again. An incident carries the id of one of its
 * observations; when that is the one split off, the others take the id of the first of themselves.
 */
export function splitOff(item: InboxItem, items: readonly InboxItem[], stamp: ProcessingStamp): Processing[] {
	const others = othersOf(item, items);
	const own = incidentIdFor(item.observation.id);
	const first = others.toSorted((a, b) => (a.observation.id < b.observation.id ? -1 : 1))[0];
	if (!first) return [];
	if (item.incidentId !== own) return [inIncident(item, own, stamp)];
	const theirs = incidentIdFor(first.observation.id);
	return others.map((other) => inIncident(other, theirs, stamp));
}

function inIncident(item: InboxItem, incidentId: IncidentId, stamp: ProcessingStamp): Processing {
	const outcome = item.processing?.outcome ?? 'open';
	return processingOf(item.observation, { ...draftOf(item), incidentId }, outcome, stamp);
}
