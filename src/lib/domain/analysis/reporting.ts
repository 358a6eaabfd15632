import type { GroupId, PersonId } from '#domain/id.ts';
import { dateOfDayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Columns } from './columns.ts';
import type { Details } from './fold-details.ts';
import type { IncidentTable } from './incident-table.ts';
import { at } from './lists.ts';
import { rowsBetween } from './row-selection.ts';
import type { SchoolTime } from './school-time.ts';

/** Four weeks of school: about one observation a day a group is usual, so this is long. */
const SILENT_SCHOOL_DAYS = 20;

/** For the coordinator only (M5-06, M5-16): who told how much. */
export interface ReporterFigure {
	readonly personId: PersonId;
	/** Incidents told, those of wanted behaviour too. */
	readonly incidents: number;
	readonly lastOn: LocalDate | null;
}

/** How long nothing came from a group: silence is a finding, not peace (M5-16). */
export interface Silence {
	/** Day of the last incident within the period, wanted or not. */
	readonly lastOn: LocalDate | null;
	/** School days after it, or in the whole period when there is none. */
	readonly schoolDays: number;
	readonly isSilent: boolean;
}

export interface GroupReporting {
	readonly groupId: GroupId;
	/** Of incidents that belong to the group, whoever told them. */
	readonly about: Silence;
	/** Of what its teachers told, about whomever; `null` when the roster has no teacher of the group. */
	readonly byTeachers: Silence | null;
}

/** Most first, equal ones by id; of the whole school also who told nothing. */
export function reporterFigures(
	columns: Columns,
	{ reporters, reporterLastDay }: Details,
	all: boolean,
): ReporterFigure[] {
	const roster = new Set<string>(columns.persons.map(({ id }) => id));
	return columns.personIds
		.map((personId, index) => ({
			personId: personId as PersonId,
			incidents: at(reporters, index + 1),
			lastOn: at(reporters, index + 1) === 0 ? null : dateOfDayNumber(at(reporterLastDay, index + 1)),
		}))
		.filter(({ personId, incidents }) => incidents > 0 || (all && roster.has(personId)))
		.sort((a, b) => b.incidents - a.incidents);
}

/** Groups of the roster by id, whatever scope was asked for. */
export function groupReporting(columns: Columns, from: number, until: number, time: SchoolTime): GroupReporting[] {
	const lastOfGroup = new Int32Array(columns.groupIds.length + 1).fill(NEVER);
	const lastOfPerson = new Int32Array(columns.personIds.length + 1).fill(NEVER);
	for (const table of [columns.trouble, columns.green]) {
		noteLast(table, from, until, 'groups', lastOfGroup);
		noteLast(table, from, until, 'reporters', lastOfPerson);
	}
	const codeOfPerson = new Map(columns.personIds.map((id, index) => [id, index + 1]));
	const silence = (day: number): Silence => {
		const schoolDays = time.schoolDays(day === NEVER ? from : day + 1, until);
		return {
			lastOn: day === NEVER ? null : dateOfDayNumber(day),
			schoolDays,
			isSilent: schoolDays >= SILENT_SCHOOL_DAYS,
		};
	};
	return columns.groupIds.flatMap((id, index) => {
		if (columns.isRosterGroup[index + 1] !== 1) return [];
		const groupId = id as GroupId;
		const teachers = columns.persons.filter(
			({ roles, groupIds }) => roles.includes('teacher') && groupIds.includes(groupId),
		);
		const told = teachers.map((teacher) => at(lastOfPerson, codeOfPerson.get(teacher.id) ?? 0));
		return {
			groupId,
			about: silence(at(lastOfGroup, index + 1)),
			byTeachers: teachers.length === 0 ? null : silence(Math.max(...told)),
		};
	});
}

const NEVER = -0x80000000;

function noteLast(
	table: IncidentTable,
	from: number,
	until: number,
	of: 'groups' | 'reporters',
	lastDay: Int32Array,
): void {
	const { start, values } = table[of];
	const rows = rowsBetween(table, from, until);
	for (let index = 0; index < table.dayStart.length - 1; index++) {
		const first = Math.max(rows.from, at(table.dayStart, index));
		const last = Math.min(rows.until, at(table.dayStart, index + 1));
		if (first >= last) continue;
		const day = table.firstDay + index;
		for (let i = at(start, first); i < at(start, last); i++) {
			const code = at(values, i);
			if (at(lastDay, code) < day) lastDay[code] = day;
		}
	}
}
