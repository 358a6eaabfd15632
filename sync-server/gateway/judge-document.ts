import { can } from '#domain/access/access.ts';
import { schoolOf, type Actor } from '#domain/access/rules.ts';
import { DOCUMENT_SCHEMAS, DomainDocument } from '#domain/document.ts';
import { processingIdFor, quarantineDecisionIdFor, type SchoolId } from '#domain/id.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { problemsInSchoolProtocol } from '#domain/protocols/check-school-protocol.ts';
import { hangsOn } from '#domain/retention/hanging-on.ts';
import { MAX_DOCUMENT_BYTES, type Receipt, type RefusalReason } from '#domain/sync/messages.ts';
import { toLocalDateTime, type LocalDateTime, type TimeZone } from '#domain/time/local-time.ts';
import { timeOutOfReach } from '#domain/time/within-reach.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';
import type { DenyList } from '#server/retention/deny-list.ts';
import { referencesOf } from './references.ts';

/** Clocks of phones wander by minutes; more than this is a wrong clock, and the reporter must hear of it. */
const CLOCK_SKEW_MS = 10 * 60 * 1000;

/** An answer that is no yes: the item goes no further. */
export type Refusal = Extract<Receipt['result'], { kind: 'rejected' | 'erased' }>;

/** What can be read, has the right id, belongs to this school, and was not erased, nor what it hangs on. */
export function readDocument(
	raw: unknown,
	schoolId: SchoolId,
	denyList: Pick<DenyList, 'reasonFor'>,
	expectedId?: string,
): Result<DomainDocument, Refusal> {
	const text = textOf(raw);
	if (text === undefined) return rejected('malformed');
	if (Buffer.byteLength(text) > MAX_DOCUMENT_BYTES) return rejected('tooLarge');
	if (typeof raw !== 'object' || raw === null) return rejected('malformed');
	if (!('type' in raw) || !Object.hasOwn(DOCUMENT_SCHEMAS, String(raw.type))) return rejected('unknownType');
	const parsed = DomainDocument.safeParse(raw);
	if (!parsed.success) return rejected('malformed', parsed.error.issues[0]?.path.join('.'));
	const doc = parsed.data;
	const outOfReach = timeOutOfReach(doc);
	if (outOfReach !== null) return rejected('malformed', outOfReach);
	// What cannot be run, or read in both languages, would show only on the day somebody needs it.
	const [unsound] = doc.type === 'protocol' ? problemsInSchoolProtocol(doc) : [];
	if (unsound) return rejected('malformed', unsound.place);
	if ((expectedId !== undefined && doc.id !== expectedId) || !hasDerivedId(doc)) return rejected('idMismatch');
	if (schoolOf(doc) !== schoolId) return rejected('foreignSchool');
	if ([doc.id, ...hangsOn(doc)].some((id) => denyList.reasonFor(id))) return refuse({ kind: 'erased' });
	return ok(doc);
}

/** As JSON; `undefined`: there is nothing, or it is nested deeper than any writer of JSON goes. */
export function textOf(raw: unknown): string | undefined {
	try {
		return JSON.stringify(raw);
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

/** Whether this person may write this now, and what it speaks of is there. */
export function whyNotWrite(doc: DomainDocument, actor: Actor, replica: SchoolReplica, now: Date): Refusal | null {
	const { facts } = replica;
	const standing = replica.get(doc.id);
	const allowed = standing
		? can(actor, 'revise', { doc: standing.doc, next: doc, facts })
		: can(actor, 'create', { doc, facts });
	if (!allowed) return { kind: 'rejected', reason: 'notAllowed' };
	const missing = referencesOf(doc).find(([type, target]) => !replica.find(type, target));
	if (missing) return { kind: 'rejected', reason: 'unknownReference', path: missing[0] };
	if (doc.type === 'observation' && isInFuture(doc, now)) {
		return { kind: 'rejected', reason: 'inFuture', path: 'occurredAt' };
	}
	return null;
}

/** Two coordinators who decide about the same thing must meet on the same document. */
function hasDerivedId(doc: DomainDocument): boolean {
	if (doc.type === 'processing') return doc.id === processingIdFor(doc.observationId);
	if (doc.type === 'quarantineDecision') return doc.id === quarantineDecisionIdFor(doc.entryId);
	return true;
}

function isInFuture({ occurredAt, zone }: Extract<DomainDocument, { type: 'observation' }>, now: Date): boolean {
	return occurredAt > latestFor(now, zone);
}

/** A push of hundreds asks for one and the same moment. */
const latest = new WeakMap<Date, Map<TimeZone, LocalDateTime>>();

function latestFor(now: Date, zone: TimeZone): LocalDateTime {
	const known = latest.get(now) ?? new Map<TimeZone, LocalDateTime>();
	const at = known.get(zone) ?? toLocalDateTime(new Date(now.getTime() + CLOCK_SKEW_MS), zone);
	latest.set(now, known.set(zone, at));
	return at;
}

function rejected(reason: RefusalReason, path?: string) {
	return refuse<Refusal>({ kind: 'rejected', reason, ...(path && { path }) });
}
