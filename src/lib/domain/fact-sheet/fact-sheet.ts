import type { SchoolId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { KeyFigures, PupilCount } from './key-figures.ts';

/** Pupils with one standing: how many, and who of them are boys and girls, in whole per cent of them all. */
export interface FactSheetCell {
	readonly total: number;
	readonly boys: number;
	readonly girls: number;
	/** `null` when there is nobody. */
	readonly boysPercent: number | null;
	readonly girlsPercent: number | null;
}

/** A column of the table: one day, of one school or of several together (M5-15). */
export interface FactSheetColumn {
	readonly on: LocalDate;
	readonly schools: number;
	readonly users: number;
	readonly pupils: number;
	readonly observations: number;
	readonly instigators: FactSheetCell;
	/** Instigators in whole per cent of the pupils; `null` without pupils. */
	readonly involvedPercent: number | null;
	readonly stopped: FactSheetCell;
	readonly victims: FactSheetCell;
	/** `null` when a school did not count it then. */
	readonly victimsNoMore: FactSheetCell | null;
}

/** Oldest day first. Of two snapshots of one school and day the one made later counts, then the one with the later id. */
export function factSheet(snapshots: readonly KeyFigures[]): FactSheetColumn[] {
	const byDay = new Map<LocalDate, Map<SchoolId, KeyFigures>>();
	for (const snapshot of snapshots) {
		const schools = byDay.get(snapshot.on) ?? new Map<SchoolId, KeyFigures>();
		byDay.set(snapshot.on, schools);
		const known = schools.get(snapshot.schoolId);
		if (!known || isLater(snapshot, known)) schools.set(snapshot.schoolId, snapshot);
	}
	return [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([on, schools]) => columnOf(on, [...schools.values()]));
}

function columnOf(on: LocalDate, schools: readonly KeyFigures[]): FactSheetColumn {
	const sum = (of: (school: KeyFigures) => number) => schools.reduce((total, school) => total + of(school), 0);
	const cell = (of: (school: KeyFigures) => PupilCount | null): FactSheetCell => {
		const [boys, girls] = [sum((each) => of(each)?.boys ?? 0), sum((each) => of(each)?.girls ?? 0)];
		const total = boys + girls + sum((each) => of(each)?.unknown ?? 0);
		return { total, boys, girls, boysPercent: percent(boys, total), girlsPercent: percent(girls, total) };
	};
	const pupils = sum((each) => each.pupils);
	const instigators = cell((each) => each.instigators);
	return {
		on,
		schools: schools.length,
		users: sum((each) => each.users),
		pupils,
		observations: sum((each) => each.observations),
		instigators,
		involvedPercent: percent(instigators.total, pupils),
		stopped: cell((each) => each.stopped),
		victims: cell((each) => each.victims),
		victimsNoMore: schools.some((each) => each.victimsNoMore === null) ? null : cell((each) => each.victimsNoMore),
	};
}

/** Half a percent goes up. */
function percent(part: number, whole: number): number | null {
	return whole === 0 ? null : Math.floor((200 * part + whole) / (2 * whole));
}

function isLater(a: KeyFigures, b: KeyFigures): boolean {
	const [first, second] = [Date.parse(a.madeAt), Date.parse(b.madeAt)];
	return first === second ? a.id > b.id : first > second;
}
