import type { LocalTime } from '#domain/time/local-time.ts';
import type { DayPart } from './calendar.ts';

const part = (name: string, kind: DayPart['kind'], from: string, until: string): DayPart => ({
	name,
	kind,
	from: from as LocalTime,
	until: until as LocalTime,
});

/** Five equal days, as many primary schools have them. */
export const USUAL_DAY: readonly DayPart[] = [
	part('Inloop', 'before', '08:15', '08:30'),
	part('Vroege ochtend', 'lesson', '08:30', '10:15'),
	part('Kleine pauze', 'break', '10:15', '10:30'),
	part('Late ochtend', 'lesson', '10:30', '12:00'),
	part('Grote pauze', 'lunch', '12:00', '12:45'),
	part('Middag', 'lesson', '12:45', '14:15'),
	part('Uitloop', 'after', '14:15', '14:45'),
];
