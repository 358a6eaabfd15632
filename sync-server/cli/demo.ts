import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import { LocalDate } from '#domain/time/local-time.ts';
import {
	DEMO_OBSERVATIONS,
	DEMO_PUPILS,
	DEMO_SEED,
	DEMO_TODAY,
	makeDemoSchool,
	type DemoSchool,
} from '#server/demo/make-school.ts';

/** Lines joined to one write: a million small writes cost more than the school itself. */
const LINES_PER_CHUNK = 512;
const DOCUMENTS_PER_PROGRESS = 25_000;
const MAX_PUPILS = 1_000_000;
const MAX_OBSERVATIONS = 100_000_000;

/** `cli demo`: an invented school, one document a line. */
export function demoCommand(): Command {
	return new Command('demo')
		.description('Write an invented school year as JSONL: one document a line, no real person in it.')
		.option('--pupils <number>', 'how many pupils', wholeNumber(8, MAX_PUPILS), DEMO_PUPILS)
		.option('--observations <number>', 'how many observations', wholeNumber(0, MAX_OBSERVATIONS), DEMO_OBSERVATIONS)
		.option('--seed <number>', 'another number, another school', wholeNumber(0, Number.MAX_SAFE_INTEGER), DEMO_SEED)
		.option('--until <date>', 'the day the school plays on; the year before it is told', localDate, DEMO_TODAY)
		.option('--out <file>', 'write to this file instead of standard output')
		.addHelpText(
			'after',
			'\nThe same numbers and the same day give the same bytes, on any machine. The file format: docs/formats.md',
		)
		.action(async (options: { pupils: number; observations: number; seed: number; until: LocalDate; out?: string }) => {
			try {
				await writeDemo({ ...options, today: options.until }, options.out);
			} catch (error) {
				// Whoever reads us has read enough: `demo | head`.
				if (isSystemError(error) && error.code === 'EPIPE') return;
				if (!isSystemError(error)) throw error;
				process.stderr.write(`Cannot write ${options.out ?? 'to standard output'}: ${error.message}\n`);
				process.exitCode = 1;
			}
		});
}

async function writeDemo(school: DemoSchool, out: string | undefined): Promise<void> {
	const lines = Readable.from(chunksOf(school), { objectMode: false });
	if (out === undefined) await pipeline(lines, process.stdout, { end: false });
	else await pipeline(lines, createWriteStream(out));
	if (process.stderr.isTTY) process.stderr.write('\n');
}

function* chunksOf(school: DemoSchool): Generator<string> {
	let chunk: string[] = [];
	let documents = 0;
	let observations = 0;
	for (const { doc } of makeDemoSchool(school)) {
		chunk.push(JSON.stringify(doc));
		if (doc.type === 'observation') observations++;
		if (++documents % DOCUMENTS_PER_PROGRESS === 0 && process.stderr.isTTY) {
			process.stderr.write(`\r${observations} of ${school.observations} observations`);
		}
		if (chunk.length < LINES_PER_CHUNK) continue;
		yield `${chunk.join('\n')}\n`;
		chunk = [];
	}
	if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
}

export function localDate(text: string): LocalDate {
	const parsed = LocalDate.safeParse(text);
	if (!parsed.success) throw new InvalidArgumentError('A date looks like 2026-11-20.');
	return parsed.data;
}

function wholeNumber(min: number, max: number): (text: string) => number {
	return (text) => {
		const value = /^\d+$/.test(text) ? Number(text) : NaN;
		if (value >= min && value <= max) return value;
		throw new InvalidArgumentError(`A whole number from ${min} to ${max}.`);
	};
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && 'code' in error;
}
