import { DOCUMENT_SCHEMAS, type DomainDocument } from '#domain/document.ts';
import type { Participant } from '#domain/observation/observation.ts';

/**
 * How two versions of a field join that were both written on the same one. `set`: what either added is in, what either
 * took out is out. `latest`: the later moment. Every other field is one value: both may change it only to the same.
 */
type Joining = 'set' | 'latest';

/** Documents that one person may write on two devices, or several may write; everything else is written once (D1). */
const JOINS: Partial<Record<DomainDocument['type'], Readonly<Record<string, Joining>>>> = {
	observation: { participants: 'set', behaviours: 'set', handling: 'set', means: 'set', notedAt: 'latest' },
	processing: { participants: 'set', behaviours: 'set', forms: 'set', processedAt: 'latest' },
	case: { pupils: 'set', incidentIds: 'set', memberIds: 'set' },
};

/**
 * What versions made of the one they were written on, field by field: every value it was given, what was added to and
 * taken out of a set, the latest moment. Values are canonical JSON, sorted, so that equal edits are equal objects.
 */
export interface Edits {
	readonly values: Readonly<Record<string, readonly string[]>>;
	readonly added: Readonly<Record<string, readonly string[]>>;
	readonly removed: Readonly<Record<string, readonly string[]>>;
	readonly latest: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, unknown>>;

export function canMerge(type: string): boolean {
	return Object.hasOwn(JOINS, type);
}

/** What `version` changed of `base`. Both are of one type that can be merged. */
export function editsOf(base: DomainDocument, version: DomainDocument): Edits {
	const [before, after] = [base as Fields, version as Fields];
	const edits = { values: {}, added: {}, removed: {}, latest: {} } as { [K in keyof Edits]: Record<string, never> };
	const put = (kind: keyof Edits, field: string, value: readonly string[] | string) =>
		Object.assign(edits[kind], { [field]: value });
	for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
		const [was, is] = [canonical(before[field]), canonical(after[field])];
		if (was === is) continue;
		const joining = JOINS[base.type]?.[field];
		if (joining === 'set') {
			const [old, now] = [membersOf(before[field]), membersOf(after[field])];
			put('added', field, sorted(now.filter((member) => !old.includes(member))));
			put('removed', field, sorted(old.filter((member) => !now.includes(member))));
		} else if (joining === 'latest') put('latest', field, String(after[field]));
		else put('values', field, [is]);
	}
	return edits;
}

/** Commutative, associative and idempotent: in whatever order, and however often, edits come together, they are the same. */
export function joinEdits(a: Edits, b: Edits): Edits {
	const union = (kind: 'values' | 'added' | 'removed') =>
		joined(a[kind], b[kind], (one, other) => sorted([...new Set([...one, ...other])]));
	return {
		values: union('values'),
		added: union('added'),
		removed: union('removed'),
		latest: joined(a.latest, b.latest, (one, other) => (one > other ? one : other)),
	};
}

/** `null`: they cannot all be true, or what comes of them is no document. Then both versions are kept (D3). */
export function applyEdits<T extends DomainDocument>(base: T, edits: Edits): T | null {
	const merged: Record<string, unknown> = { ...base };
	for (const [field, candidates] of Object.entries(edits.values)) {
		const [only, ...others] = candidates;
		if (only === undefined || others.length > 0) return null;
		if (only === ABSENT) delete merged[field];
		else merged[field] = JSON.parse(only);
	}
	for (const field of new Set([...Object.keys(edits.added), ...Object.keys(edits.removed)])) {
		const gone = new Set(edits.removed[field]);
		const kept = membersOf((base as Fields)[field]).filter((member) => !gone.has(member));
		const all = [...kept, ...(edits.added[field] ?? [])];
		merged[field] = [...new Set(all)].map((member): unknown => JSON.parse(member));
	}
	Object.assign(merged, edits.latest);
	const document = merged as T;
	return isSound(document) ? document : null;
}

/** One version that says what `mine` and `theirs` both say, having been written on `base`; `null`: there is none. */
export function mergeVersions<T extends DomainDocument>(
	base: T,
	mine: DomainDocument,
	theirs: DomainDocument,
): T | null {
	if (!canMerge(base.type) || mine.type !== base.type || theirs.type !== base.type) return null;
	if (!isOneAccount(mine, theirs)) return null;
	return applyEdits(base, joinEdits(editsOf(base, mine), editsOf(base, theirs)));
}

/** What two coordinators decide about one observation is not for a program to add up. */
function isOneAccount(mine: DomainDocument, theirs: DomainDocument): boolean {
	return mine.type !== 'processing' || theirs.type !== 'processing' || mine.processedBy === theirs.processedBy;
}

/** A child who was given one role here and another there would stand in it twice. */
function isSound(document: DomainDocument): boolean {
	if (!DOCUMENT_SCHEMAS[document.type].safeParse(known(document)).success) return false;
	const people = 'participants' in document ? document.participants : [];
	const ids = people.flatMap((one: Participant) => ('pupilId' in one ? [one.pupilId] : []));
	const pupils = document.type === 'case' ? document.pupils.map(({ pupilId }) => pupilId) : [];
	return isUnique(ids) && isUnique(pupils);
}

/** Fields of a newer app are carried along, not judged. */
function known(document: DomainDocument): Fields {
	const { shape } = DOCUMENT_SCHEMAS[document.type];
	return Object.fromEntries(Object.entries(document).filter(([field]) => Object.hasOwn(shape, field)));
}

function isUnique(ids: readonly string[]): boolean {
	return new Set(ids).size === ids.length;
}

/** Says that a field is not there; no JSON looks like it. */
const ABSENT = '';

function canonical(value: unknown): string {
	return value === undefined ? ABSENT : JSON.stringify(value, (_, each: unknown) => withSortedKeys(each));
}

function withSortedKeys(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function membersOf(list: unknown): string[] {
	return Array.isArray(list) ? list.map(canonical) : [];
}

function sorted(texts: readonly string[]): string[] {
	return [...texts].sort();
}

function joined<V>(a: Readonly<Record<string, V>>, b: Readonly<Record<string, V>>, join: (one: V, other: V) => V) {
	const result: Record<string, V> = { ...a };
	for (const [field, value] of Object.entries(b)) {
		const standing = result[field];
		result[field] = standing === undefined ? value : join(standing, value);
	}
	return result;
}
