import { mutant, type Mutant } from './source-change.ts';

/** The bugs that lose, leak or twist what people wrote, where others had them. */
export const MUTANTS: readonly Mutant[] = [
	mutant('device forgets what it sent without a receipt', {
		file: 'src/lib/device/push.ts',
		find: "if (answer.kind === 'failed') return answer.problem;",
		replace: `if (answer.kind === 'failed') {
			const receivedAt = new Date(0).toISOString();
			await store.settle(sent.map(({ id, rev, seq }) => ({ id, rev, seq, result: { kind: 'stored', receivedAt } })));
			return answer.problem;
		}`,
	}),
	mutant('device says "saved" although the disk said no', {
		file: 'src/lib/device/person-work.ts',
		find: "return refuse({ kind: error instanceof StorageFull ? 'storageFull' : 'storageFailed' });",
		replace: 'return ok(undefined);',
	}),
	mutant('device lets go of what was refused', {
		file: 'src/lib/device/outbox-chain.ts',
		find: 'return { remove: [], update: { seq: row.seq, changes: { refusal: receipt.result.reason } } };',
		replace: 'return { remove: [row.seq], update: null };',
	}),
	mutant('device takes back what may have arrived', {
		file: 'src/lib/device/outbox-chain.ts',
		find: 'return tail !== undefined && (!tail.sent || tail.refusal !== null);',
		replace: 'return tail !== undefined;',
	}),
	mutant('device keeps what it must drop', {
		file: 'src/lib/device/replica.svelte.ts',
		find: 'if (change.rev === null) this.#held.delete(change.id);',
		replace: 'if (change.rev === null) void 0;',
	}),
	mutant('device writes anew on what it never saw', {
		file: 'src/lib/device/outbox-chain.ts',
		find: 'return { baseRev: tail.rev, replaces: [],',
		replace: 'return { baseRev: heldRev, replaces: [tail.seq],',
	}),
	mutant('digest over ids without their revisions', {
		file: 'src/lib/domain/sync/digest.ts',
		find: 'hash64(`${id} ${rev}`)',
		replace: 'hash64(id)',
	}),
	mutant('server acknowledges before it writes', {
		file: 'sync-server/gateway/receive.ts',
		find: 'const stored = await pusher.replica.write(writes);',
		replace: 'const stored = (pusher.replica.write(writes).catch(() => undefined), writes.map(() => true));',
	}),
	mutant('server does not know a push that comes again', {
		file: 'sync-server/gateway/judge-item.ts',
		find: 'if (earlier?.authorId === actor.personId)',
		replace: 'if (earlier?.authorId === undefined && earlier)',
	}),
	mutant('server lets the last writer win', {
		file: 'sync-server/gateway/judge-item.ts',
		find: 'if (standing && standing.rev !== baseRev',
		replace: 'if (false && standing && standing.rev !== baseRev',
	}),
	mutant('server does not check who may write', {
		file: 'sync-server/gateway/judge-document.ts',
		find: "if (!allowed) return { kind: 'rejected', reason: 'notAllowed' };",
		replace: '',
	}),
	mutant('server does not check who may read', {
		file: 'sync-server/replica/view.ts',
		find: "!can(actor, 'read', { doc: envelope.doc, facts })",
		replace: 'false',
	}),
	mutant('server tells who reported', {
		file: 'sync-server/replica/view.ts',
		find: 'const doc = maskFor(actor, envelope.doc, facts);',
		replace: 'const doc = envelope.doc;',
	}),
	mutant('server shows yesterday to a phone', {
		file: 'sync-server/replica/view.ts',
		find: 'if (now().getTime() >= expiresAt) everything = true;',
		replace: '',
	}),
	mutant('server overlooks that a pupil moved', {
		file: 'sync-server/replica/school-replica.ts',
		find: "if (doc.type === 'pupil') return 'everything';",
		replace: '',
	}),
	mutant('server forgets earlier revisions', {
		file: 'sync-server/store/envelope.ts',
		find: 'const past = standing ? [...standing.past, arrivalOf(standing)] : [];',
		replace: 'const past = standing ? [arrivalOf(standing)] : [];',
	}),
	mutant('server forgets what it erased', {
		file: 'sync-server/retention/deny-list.ts',
		find: 'reasonFor: (id) => denied.get(id),',
		replace: 'reasonFor: () => undefined,',
	}),
	mutant('server keeps the erased in sight', {
		file: 'sync-server/replica/view.ts',
		find: 'for (const id of [...held.keys()]) if (!documents.has(id)) refresh(id);',
		replace: '',
	}),
	mutant('server throws away what it refused', {
		file: 'sync-server/gateway/receive.ts',
		find: '...entries.writes]',
		replace: ']',
	}),
	mutant('device lets go of what it put in a rescue file', {
		file: 'src/lib/device/person-store.ts',
		find: 'return Promise.all(rows.map((row) => disk.itemOf(row, !row.sealed || row.refusal !== null)));',
		replace: `const items = await Promise.all(rows.map((row) => this.itemOf(row)));
			const result = { kind: 'stored', receivedAt: '' };
			await this.settle(items.map(({ id, rev, seq }) => ({ id, rev, seq, result })));
			return items;`,
	}),
	mutant('device takes back what left in a rescue file', {
		file: 'src/lib/device/person-store.ts',
		find: 'const rows = await outbox.markSent(waiting).catch(() => (unmarked = waiting));',
		replace: 'const rows = waiting;',
	}),
	mutant('server takes in the first of a rescue file only', {
		file: 'sync-server/rescue/take-in.ts',
		find: 'items.slice(at, at + MAX_PUSH_ITEMS);',
		replace: 'items.slice(at, at + 1);',
	}),
	mutant('server does not say what a backup lost', {
		file: 'sync-server/gateway/pull.ts',
		find: 'const lost = protocol === 1 ? [] :',
		replace: 'const lost = true ? [] :',
	}),
	mutant('device drops what the server lost', {
		file: 'src/lib/device/person-store.ts',
		find: 'const isMine = current !== null || replica.arrived.has(id);',
		replace: 'const isMine = false;',
	}),
	mutant('server lets an old app destroy a field', {
		file: 'sync-server/gateway/judge-item.ts',
		find: 'protocol === 1 && standing ?',
		replace: 'false ?',
	}),
	mutant('device destroys a field that a newer app wrote', {
		file: 'src/lib/domain/sync/unknown-fields.ts',
		find: 'return keepUnknownFields(standing, next, (field) => Object.hasOwn(shape, field));',
		replace: 'return shape ? next : next;',
	}),
	mutant('server answers who has left', {
		file: 'sync-server/gateway/who.ts',
		find: 'if (!person || person.hasLeft) return undefined;',
		replace: 'if (!person) return undefined;',
	}),
	mutant('server does not know summer time', {
		file: 'sync-server/gateway/judge-document.ts',
		find: 'toLocalDateTime(new Date(now.getTime() + CLOCK_SKEW_MS), zone)',
		replace: 'new Date(now.getTime() + CLOCK_SKEW_MS + 3_600_000).toISOString().slice(0, 16)',
	}),
	mutant('server removes what it has not denied', {
		file: 'sync-server/retention/erase.ts',
		find: 'await denyList.add(all, because, now);',
		replace: '',
	}),
	mutant('server leaves what hangs on the erased', {
		file: 'src/lib/domain/retention/hanging-on.ts',
		find: 'if (hangsOn(doc).some((id) => all.has(id))) all.add(doc.id);',
		replace: 'void doc;',
	}),
	mutant('server forgets without counting', {
		file: 'sync-server/retention/expire.ts',
		find: 'const counts = countsOf(month);',
		replace: `const counts = countsOf(month);
			await erase(school, observations.map(({ id }) => id), 'expired', now);`,
	}),
	mutant('server forgets the half of an erasure that a kill left', {
		file: 'sync-server/retention/expire.ts',
		find: 'let gone = (await eraseLeftBehind(school, now)).length;',
		replace: 'let gone = 0;',
	}),
	mutant('server forgets a week early', {
		file: 'src/lib/domain/retention/expiry.ts',
		find: 'dayNumber(occurredAt) >= KEPT_DAYS',
		replace: 'dayNumber(occurredAt) >= KEPT_DAYS - 7',
	}),
	mutant('device asks for its own name once and for all', {
		file: 'src/lib/device/person-disk.ts',
		find: 'ownId = undefined;',
		replace: '',
	}),
	mutant('second server does not hear of the first', {
		file: 'sync-server/replica/school-replica.ts',
		find: 'const stopFollowing = store.follow(checkpoint,',
		replace: 'const stopFollowing = (async (..._: unknown[]) => undefined).bind(null, checkpoint,',
	}),
];
