import type { PlaceKind } from './roster.ts';

/** Where things happen at most Dutch schools, the busiest first: a start, for a school to change. */
export const USUAL_PLACES: readonly (readonly [name: string, kind: PlaceKind])[] = [
	['Schoolplein', 'playground'],
	['Voetbalveld', 'footballField'],
	['Klimrek', 'climbingFrame'],
	['Klaslokaal', 'classroom'],
	['Gang', 'corridor'],
	['Zandbak', 'sandpit'],
	['Fietsenstalling', 'bicycleShed'],
	['Kapstokken', 'cloakroom'],
	['Wc’s', 'toilets'],
	['Gymzaal', 'gym'],
	['Overblijf', 'canteen'],
	['Onderweg', 'route'],
	['Online', 'online'],
	['Ergens anders', 'other'],
];
