import { createReadStream } from 'node:fs';
import * as z from 'zod/mini';
import { Command, InvalidArgumentError } from 'commander';
import { isSchoolDay, schoolDaysOf } from '#domain/calendar/school-days.ts';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import type { SchoolId } from '#domain/id.ts';
import type { ProtocolName } from '#domain/protocols/protocol.ts';
import { dueReminders, type DueReminder } from '#domain/reminders/due.ts';
import { planReminders } from '#domain/reminders/plan-reminders.ts';
import { recipientFacts, reminderFacts, type DocumentsByType } from '#domain/reminders/reminder-facts.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import {
	dateOf,
	LocalDate,
	LocalDateTime,
	toLocalDateTime,
	type Instant,
	type TimeZone,
} from '#domain/time/local-time.ts';
import { readDocuments } from './read-documents.ts';
import { pickSchool, withSchools } from './with-schools.ts';

interface Options {
	readonly at?: At;
	readonly school?: string;
	readonly all?: true;
	readonly json?: true;
}

/** A moment, or a day at school whatever its zone. */
type At = { readonly instant: Instant } | { readonly day: LocalDate };

/** In any zone, as people and programs write it: `2026-11-23T08:00:00+01:00`. */
const Moment = z.iso.datetime({ offset: true });

/** What the command writes with `--json`; docs/protocols.md says what each field means. */
interface Listing {
	readonly at: string;
	readonly today: LocalDate;
	readonly schoolDay: boolean;
	readonly reminders: readonly object[];
}

/** `cli reminders`: what is due at a school, or in a file of documents, as the app itself reckons it. */
export function remindersCommand(): Command {
	return new Command('reminders')
		.description('List what is due, and whom it goes to. docs/protocols.md explains how that follows.')
		.argument('[file]', 'a file of documents (JSONL), or - for standard input; without it, the store of the server')
		.option('--at <time>', 'as of this moment (2026-11-23T08:00:00Z) or day at school (default: now)', at)
		.option('--school <id>', 'which school, when there are several')
		.option('--all', 'also what comes later and what is resolved')
		.option('--json', 'one line of JSON instead of a table')
		.action(async (file: string | undefined, options: Options) => {
			const now = new Date().toISOString() as Instant;
			if (file === undefined) {
				await withSchools(async (schools) => {
					const { replica } = pickSchool(schools, options.school);
					print(listing(replica, options, now), options);
				});
				return;
			}
			const read = await schoolInFile(file, options.school);
			if (read.ok) return print(listing(read.value, options, now), options);
			process.stderr.write(`${read.error}\n`);
			process.exitCode = 1;
		});
}

function listing(documents: DocumentsByType, { at: asked, all }: Options, now: Instant): Listing {
	const [school] = documents.all('school');
	const zone: TimeZone = school?.zone ?? 'Europe/Amsterdam';
	const moment = asked ?? { instant: now };
	const today = 'day' in moment ? moment.day : dateOf(toLocalDateTime(new Date(moment.instant), zone));
	const planned = planReminders(reminderFacts(documents, today));
	const due = dueReminders(planned, today, recipientFacts(documents));
	const protocolOf = new Map(documents.all('case').map(({ id, protocol }) => [id, protocol]));
	return {
		at: 'day' in moment ? moment.day : moment.instant,
		today,
		schoolDay: isSchoolDay(schoolDaysOf(documents.all('calendar'), school?.region), today),
		reminders: [
			...due
				.filter(({ state }) => all || state !== 'upcoming')
				.map((each) => lineOf(each, protocolOf.get(each.reminder.caseId))),
			...(all
				? planned.filter(({ resolved }) => resolved).map((each) => resolvedLine(each, protocolOf.get(each.caseId)))
				: []),
		],
	};
}

function lineOf({ reminder, state, forId, escalatedTo }: DueReminder, protocol: ProtocolName | undefined): object {
	const { id, reason, caseId, followUpId, turn, step, about, ownerId, from, until } = reminder;
	return {
		...{ id, state, reason, caseId },
		...(protocol && { protocol }),
		...{ followUpId, turn },
		...(step !== undefined && { step }),
		...(about && { about }),
		...{ from, until, ownerId, forId },
		...(escalatedTo !== null && { escalatedTo }),
	};
}

function resolvedLine(
	{ type: _type, v: _v, schoolId: _school, resolved: _resolved, ...rest }: DocumentOf<'reminder'>,
	protocol: ProtocolName | undefined,
): object {
	return { ...rest, ...(protocol && { protocol }), state: 'resolved' };
}

function print(result: Listing, { json }: Options): void {
	if (json) return void process.stdout.write(`${JSON.stringify(result)}\n`);
	const heads = ['state', 'from', 'until', 'for', 'case', 'step'] as const;
	const rows = result.reminders.map((each) => {
		const { state, from, until, forId, ownerId, caseId, step, reason } = each as Record<string, string | undefined>;
		return [state, from, until, forId ?? ownerId, caseId, step ?? reason].map((cell) => cell ?? '');
	});
	const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, i) => cell.padEnd(widths[i] ?? 0))
			.join('  ')
			.trimEnd();
	const day = `${result.today}${result.schoolDay ? '' : ', a day without school'}`;
	const table = rows.length > 0 ? [line(heads), ...rows.map(line)] : ['Nothing is due.'];
	process.stdout.write(`${[day, '', ...table].join('\n')}\n`);
}

/** The documents of the only school in a file, or of the one named; of lines with one id the last counts. */
async function schoolInFile(file: string, school: string | undefined): Promise<Result<DocumentsByType, string>> {
	const name = file === '-' ? 'standard input' : file;
	const byType = new Map<DocumentType, Map<string, DomainDocument>>();
	const schools = new Set<SchoolId>();
	try {
		for await (const line of readDocuments(file === '-' ? process.stdin : createReadStream(file))) {
			if (!line.ok) return refuse(`${name}, line ${line.error.line}: ${line.error.problem}`);
			const doc = line.value;
			const owner = doc.type === 'school' ? doc.id : doc.schoolId;
			if (school !== undefined && owner !== school) continue;
			schools.add(owner);
			const same = byType.get(doc.type) ?? new Map<string, DomainDocument>();
			byType.set(doc.type, same.set(doc.id, doc));
		}
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error)) throw error;
		return refuse(`Cannot read ${name}: ${error.message}`);
	}
	if (schools.size > 1)
		return refuse(`There are ${schools.size} schools in ${name}; name one with --school: ${[...schools].join(', ')}`);
	if (school !== undefined && schools.size === 0) return refuse(`There is nothing of school ${school} in ${name}`);
	return ok({
		all: <T extends DocumentType>(type: T) => [...(byType.get(type)?.values() ?? [])] as DocumentOf<T>[],
	});
}

function at(text: string): At {
	const day = LocalDate.safeParse(text);
	if (day.success) return { day: day.data };
	const local = LocalDateTime.safeParse(text);
	if (local.success) return { day: dateOf(local.data) };
	const moment = Moment.safeParse(text);
	if (moment.success) return { instant: new Date(moment.data).toISOString() as Instant };
	throw new InvalidArgumentError('A time looks like 2026-11-23, 2026-11-23T08:00 or 2026-11-23T07:00:00Z.');
}
