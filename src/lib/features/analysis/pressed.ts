import type { PupilId } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';

/** What was pressed in a figure, in words, and what is behind it. */
export interface Pressed {
	readonly label: string;
	/** Set when the label is a child's name, to be blurred with the others. */
	readonly pupilId: PupilId | null;
	/** Newest first. */
	readonly incidents: readonly Incident[];
}
