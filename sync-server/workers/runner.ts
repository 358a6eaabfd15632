import { DomainDocument, type DocumentType } from '#domain/document.ts';
import { dateOf, toLocalDateTime, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import type { Clock } from '#server/clock.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';
import type { OpenSchool } from '#server/schools.ts';
import type { Checkpoint } from '#server/store/document-store.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';

/** Derives documents from others. Pure: all it needs is an argument, so running twice gives the same. */
export interface Worker {
	readonly name: string;
	readonly watches: ReadonlySet<DocumentType>;
	/** All it has to say about this school today, each under an id that follows from what it is about. */
	plan(replica: SchoolReplica, today: LocalDate): DomainDocument[];
}

export interface RunningWorker {
	/** Resolves when everything that changed so far has been worked off. */
	settled(): Promise<void>;
	stop(): Promise<void>;
}

/** How far a worker came: with the same place and day there is nothing to do. */
interface Place {
	readonly checkpoint: Checkpoint | null;
	readonly day: LocalDate;
}

/** Changes come in bursts, a push of a whole recess at once: work once for all of them. */
const GATHER_MS = 500;
/** A store that is away comes back on its own. */
const RETRY_MS = 30_000;
/** A new day changes windows and rolling years, without any document changing. */
const LOOK_AT_CLOCK_MS = 10 * 60 * 1000;

/**
 * Runs a worker over a school: from where it stopped last time, and again whenever something it watches changes or a
 * day begins. Its place is noted after its documents are stored, so a kill in between repeats work and doubles nothing.
 */
export async function startWorker(
	worker: Worker,
	school: OpenSchool,
	now: Clock,
	onFault: (error: unknown) => void,
	/** Another server may be at work for this school: then this one only waits. */
	mayWork: () => boolean = () => true,
): Promise<RunningWorker> {
	const { replica, store } = school;
	const noteName = `worker-${worker.name}`;
	let place = (await store.readNote(noteName)) as Place | undefined;
	let timer: NodeJS.Timeout | undefined;
	let turn = Promise.resolve();
	let stopped = false;

	const today = () => dateOf(toLocalDateTime(now(), replica.school.zone));

	async function work() {
		if (stopped) return;
		if (!mayWork()) return workAfter(RETRY_MS);
		const reached: Place = { checkpoint: replica.checkpoint, day: today() };
		const writes = worker.plan(replica, reached.day).flatMap((doc) => {
			const rev = contentRevision(doc);
			const standing = replica.get(doc.id);
			// What nobody could read again (a date past the last year there is) is worse than nothing: exports stop at it.
			if (standing?.rev === rev || !DomainDocument.safeParse(doc).success) return [];
			const receivedAt = now().toISOString() as Instant;
			const arrival = { rev, receivedAt, authorId: null, deviceId: null, seq: null };
			// No past: these revisions follow from the contents, and contents may come back.
			return { record: envelopeOf(doc, arrival), expectedRev: standing?.rev ?? null };
		});
		const stored = await replica.write(writes);
		if (stored.includes(false)) return workSoon();
		await store.writeNote(noteName, reached);
		place = reached;
	}

	function workNow() {
		clearTimeout(timer);
		timer = undefined;
		turn = turn.then(work).catch((error: unknown) => {
			onFault(error);
			workAfter(RETRY_MS);
		});
	}

	function workAfter(ms: number) {
		if (!stopped) timer ??= setTimeout(workNow, ms);
	}
	const workSoon = () => workAfter(GATHER_MS);

	const stopListening = replica.onChange((changed) => {
		if (changed.some(({ doc }) => worker.watches.has(doc.type))) workSoon();
	});
	const clock = setInterval(() => {
		if (place?.day !== today()) workSoon();
	}, LOOK_AT_CLOCK_MS);
	if (place?.checkpoint !== replica.checkpoint || place?.day !== today()) workNow();

	return {
		async settled() {
			if (timer) workNow();
			await turn;
		},
		async stop() {
			stopped = true;
			clearTimeout(timer);
			clearInterval(clock);
			stopListening();
			await turn;
		},
	};
}
