import { incidentIdFor, type GroupId, type IncidentId, type ObservationId, type PupilId } from '#domain/id.ts';
import { byMomentThenId, type Incident } from '#domain/incident/incidents.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation, Withdrawal } from '#domain/observation/observation.ts';
import { dateOf, type LocalDate } from '#domain/time/local-time.ts';
import { decisionsOf, incidentsAbout, incidentsWith, type Documents } from './incidents-about.ts';
import { SLICE_MS, yieldToTheScreen } from './slices.ts';

/** What incidents are folded from, as the replica lists it. */
interface Lists {
	readonly observation: readonly Observation[];
	readonly processing: readonly Processing[];
	readonly withdrawal: readonly Withdrawal[];
}
type Fact = Observation | Processing | Withdrawal;

/** All incidents by moment, then id, and where in that list those of a pupil or a group stand. */
interface Ordered {
	readonly all: readonly Incident[];
	/** By the pupils that take part and the group it was aimed at. */
	readonly about: ReadonlyMap<PupilId | GroupId, readonly number[]>;
}

/** Looking at the clock takes as long as folding some incidents. */
const INCIDENTS_PER_LOOK = 32;

/** So many changes are taken in while somebody waits; more are read in slices. */
const FEW = 64;

/**
 * All incidents of this device, folded once and kept from page to page: who asks for those of a child or a group gets
 * them without anything being read again. It is read in slices, and afterwards only what changed. A page never depends
 * on it: while it is not up to date, `null` says that one has to fold for oneself.
 */
export class IncidentBook {
	readonly #documents: Documents;
	readonly #incidents = new Map<IncidentId, Incident>();
	/** Made when somebody asks after something changed. */
	#ordered: Ordered | null = null;
	/** As of when it was read; `null` while it is not. */
	#read: Lists | null = null;
	#reading: Lists | null = null;
	readonly #pause: () => Promise<void>;
	readonly #now: () => number;

	constructor(documents: Documents, pause = yieldToTheScreen, now = () => performance.now()) {
		this.#documents = documents;
		this.#pause = pause;
		this.#now = now;
	}

	/** With one of these children, or aimed at this group: by moment, then id. */
	about(ids: Iterable<PupilId | GroupId>): Incident[] | null {
		if (!this.#catchUp(this.#lists())) return null;
		const { all, about } = (this.#ordered ??= inOrder(this.#incidents.values()));
		// Marks in a list that stands in order: sorting those of a group again would take longer than finding them.
		const isAsked = new Uint8Array(all.length);
		for (const id of ids) for (const at of about.get(id) ?? []) isAsked[at] = 1;
		return all.filter((_, at) => isAsked[at] === 1);
	}

	/** On this day and later: by moment, then id. */
	since(day: LocalDate): Incident[] | null {
		if (!this.#catchUp(this.#lists())) return null;
		const { all } = (this.#ordered ??= inOrder(this.#incidents.values()));
		return all.slice(all.findLastIndex(({ occurredAt }) => dateOf(occurredAt) < day) + 1);
	}

	/** Reads what it does not know. Call it inside an effect to have it read what comes later, too. */
	async read(): Promise<void> {
		const lists = this.#lists();
		if (this.#catchUp(lists) || (this.#reading && isSame(this.#reading, lists))) return;
		this.#reading = lists;
		this.#read = null;
		this.#incidents.clear();
		this.#ordered = null;
		const { on } = decisionsOf(lists.processing);
		let sliceEnd = this.#now() + SLICE_MS;
		let some = new Set<IncidentId>();
		for (const { id } of lists.observation) {
			for (const incidentId of countsIn(id, on)) if (!this.#incidents.has(incidentId)) some.add(incidentId);
			if (some.size < INCIDENTS_PER_LOOK) continue;
			this.#fold(some);
			some = new Set();
			if (this.#now() < sliceEnd) continue;
			await this.#pause();
			// Whoever saw newer documents first took over.
			if (this.#reading !== lists) return;
			if (!isSame(lists, this.#lists())) return this.#readAgain();
			sliceEnd = this.#now() + SLICE_MS;
		}
		this.#fold(some);
		this.#ordered = inOrder(this.#incidents.values());
		this.#reading = null;
		this.#read = lists;
	}

	#readAgain(): Promise<void> {
		this.#reading = null;
		return this.read();
	}

	#lists(): Lists {
		const documents = this.#documents;
		return {
			observation: documents.all('observation'),
			processing: documents.all('processing'),
			withdrawal: documents.all('withdrawal'),
		};
	}

	/** False when it was never read, or too much changed since. */
	#catchUp(lists: Lists): boolean {
		const read = this.#read;
		if (!read) return false;
		const changed = changesBetween(read, lists);
		if (changed === null) return false;
		if (changed.length > 0) {
			const { on } = decisionsOf(lists.processing);
			const ids = new Set<IncidentId>();
			for (const fact of changed) {
				if (fact.type === 'processing') ids.add(fact.incidentId);
				const observationId = fact.type === 'observation' ? fact.id : fact.observationId;
				for (const id of countsIn(observationId, on)) ids.add(id);
			}
			for (const id of ids) this.#incidents.delete(id);
			this.#fold(ids);
			this.#ordered = null;
		}
		this.#read = lists;
		return true;
	}

	#fold(ids: ReadonlySet<IncidentId>): void {
		for (const incident of incidentsWith(this.#documents, ids)) this.#incidents.set(incident.id, incident);
	}
}

function inOrder(incidents: Iterable<Incident>): Ordered {
	const all = [...incidents].sort(byMomentThenId);
	const about = new Map<PupilId | GroupId, number[]>();
	const note = (id: PupilId | GroupId, at: number) => {
		const known = about.get(id);
		if (known) known.push(at);
		else about.set(id, [at]);
	};
	for (const [at, { participants, victimGroupId }] of all.entries()) {
		for (const each of participants) if ('pupilId' in each) note(each.pupilId, at);
		if (victimGroupId !== null) note(victimGroupId, at);
	}
	return { all, about };
}

/** Every incident an observation may count in. */
function countsIn(
	observationId: ObservationId,
	on: ReadonlyMap<ObservationId, readonly Processing[]>,
): readonly IncidentId[] {
	const own = incidentIdFor(observationId);
	const decided = on.get(observationId);
	return decided ? [own, ...decided.map(({ incidentId }) => incidentId)] : [own];
}

/** Lists keep their order, so what changed stands at the same place. `null` when it is more than a few. */
function changesBetween(before: Lists, after: Lists): Fact[] | null {
	const changed: Fact[] = [];
	for (const kind of ['observation', 'processing', 'withdrawal'] as const) {
		const [earlier, later]: (readonly Fact[])[] = [before[kind], after[kind]];
		if (!earlier || !later || earlier === later) continue;
		for (let i = 0; i < Math.max(earlier.length, later.length); i++) {
			const [old, fresh] = [earlier[i], later[i]];
			if (old === fresh) continue;
			if (old) changed.push(old);
			if (fresh) changed.push(fresh);
			if (changed.length > FEW) return null;
		}
	}
	return changed;
}

function isSame(before: Lists, after: Lists): boolean {
	return changesBetween(before, after)?.length === 0;
}

const books = new WeakMap<Documents, IncidentBook>();

/** One for each replica. */
export function incidentBookOf(documents: Documents): IncidentBook {
	const known = books.get(documents) ?? new IncidentBook(documents);
	books.set(documents, known);
	return known;
}

/** With one of these children, or aimed at one of these groups: by moment, then id. */
export function incidentsOf(documents: Documents, ids: ReadonlySet<PupilId | GroupId>): Incident[] {
	const isAbout = ({ participants, victimGroupId }: Pick<Incident, 'participants' | 'victimGroupId'>) =>
		(victimGroupId !== null && ids.has(victimGroupId)) ||
		participants.some((each) => 'pupilId' in each && ids.has(each.pupilId));
	return incidentBookOf(documents).about(ids) ?? incidentsAbout(documents, isAbout).filter(isAbout);
}

/** On this day and later: by moment, then id. */
export function incidentsSince(documents: Documents, day: LocalDate): Incident[] {
	const known = incidentBookOf(documents).since(day);
	if (known) return known;
	const isSince = ({ occurredAt }: Pick<Incident, 'occurredAt'>) => dateOf(occurredAt) >= day;
	return incidentsAbout(documents, (each) => 'occurredAt' in each && isSince(each)).filter(isSince);
}
