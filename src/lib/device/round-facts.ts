import type { RoundFacts } from '#domain/rounds/round-state.ts';
import type { Replica } from './device.ts';

/** What this device knows of rounds: planned in the school's calendar or in the app, and what happened to them. */
export function roundFactsOf(documents: Replica) {
	return {
		calendars: documents.all('calendar'),
		rounds: documents.all('round'),
		entries: documents.all('roundEntry'),
	} satisfies RoundFacts;
}
