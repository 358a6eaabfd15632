import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { DOCUMENT_SCHEMAS, type DocumentType, type DomainDocument } from '#domain/document.ts';
import { problemsInSchoolProtocol } from '#domain/protocols/check-school-protocol.ts';
import { ok, refuse, type Result } from '#domain/result.ts';

export interface WrongLine {
	/** Counted from 1. */
	readonly line: number;
	readonly problem: string;
}

/**
 * Documents of a JSONL file, line by line: a file may be larger than memory. Passed over: empty lines, and reminders that
 * an older server worked out wrong. Whoever needs reminders works them out from the cases.
 */
export async function* readDocuments(input: Readable): AsyncGenerator<Result<DomainDocument, WrongLine>> {
	let line = 0;
	for await (const text of createInterface({ input, crlfDelay: Infinity })) {
		line++;
		// Some editors begin a file with a byte order mark.
		const content = line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
		if (content.trim() === '') continue;
		const parsed = parseDocument(content);
		if (!parsed.ok) yield refuse({ line, problem: parsed.error });
		else if (parsed.value) yield ok(parsed.value);
	}
}

function parseDocument(text: string): Result<DomainDocument | null, string> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		// The engine counts lines within this one line.
		const reason = (error as SyntaxError).message.replace(/ \(line \d+ column \d+\)$/, '');
		return refuse(`not JSON (${reason})`);
	}
	if (typeof value !== 'object' || value === null || !('type' in value)) {
		return refuse('not a document: there is no "type"');
	}
	const { type } = value;
	if (!isDocumentType(type)) return refuse(`unknown type ${JSON.stringify(type)}`);
	const parsed = DOCUMENT_SCHEMAS[type].safeParse(value);
	if (!parsed.success) {
		if (type === 'reminder') return ok(null);
		const [issue] = parsed.error.issues;
		return refuse(`${type}: ${issue ? describeIssue(issue) : 'does not follow its schema'}`);
	}
	const [unsound] = parsed.data.type === 'protocol' ? problemsInSchoolProtocol(parsed.data) : [];
	return unsound ? refuse(`${type}: ${unsound.place}: ${unsound.problem}`) : ok(parsed.data);
}

function isDocumentType(type: unknown): type is DocumentType {
	return typeof type === 'string' && Object.hasOwn(DOCUMENT_SCHEMAS, type);
}

type Issue = NonNullable<ReturnType<(typeof DOCUMENT_SCHEMAS)[DocumentType]['safeParse']>['error']>['issues'][number];

/** Where in the document and what is wrong with it, such as `participants.0.role: not one of …`. */
function describeIssue(issue: Issue, within: readonly PropertyKey[] = []): string {
	const path = [...within, ...issue.path];
	// Of the shapes a value may have, the one it comes nearest to says most.
	const nearest =
		issue.code === 'invalid_union' ? issue.errors.toSorted((a, b) => a.length - b.length)[0]?.[0] : undefined;
	if (nearest) return describeIssue(nearest, path);
	return path.length === 0 ? wordsFor(issue) : `${path.map(String).join('.')}: ${wordsFor(issue)}`;
}

function wordsFor(issue: Issue): string {
	switch (issue.code) {
		case 'invalid_type':
			return `expected ${issue.expected}`;
		case 'unrecognized_keys':
			return `unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
		case 'invalid_value':
			return `not one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
		case 'invalid_format':
			return issue.pattern ? `does not match ${issue.pattern}` : `not a valid ${issue.format}`;
		case 'too_small':
			return `too small, at least ${issue.minimum}`;
		case 'too_big':
			return `too large, at most ${issue.maximum}`;
		default:
			return 'not valid';
	}
}
