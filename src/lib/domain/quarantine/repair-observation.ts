import type * as z from 'zod/mini';
import type { SchoolId } from '#domain/id.ts';
import { Behaviour, proposedBasket } from '#domain/observation/behaviour.ts';
import { Handling, Means, Observation, Participant } from '#domain/observation/observation.ts';
import type { LocalDateTime, TimeZone } from '#domain/time/local-time.ts';
import type { QuarantineEntry } from './quarantine.ts';

/** What the school knows, as far as an observation can name it. */
export interface RepairFacts {
	readonly schoolId: SchoolId;
	readonly zone: TimeZone;
	readonly now: LocalDateTime;
	readonly hasPupil: (id: string) => boolean;
	readonly hasPlace: (id: string) => boolean;
	readonly hasGroup: (id: string) => boolean;
	/** What stands for a child nobody knows here, in words. */
	readonly unknownChild: string;
}

/** A field that could not stay as it came; `behaviours` and `occurredAt` are then for a person to fill in. */
export type Repaired = keyof typeof Observation.shape;

export interface Repair {
	readonly observation: Observation;
	readonly changed: readonly Repaired[];
	/** No behaviour could be read: there must be one before it can be taken. */
	readonly needsBehaviour: boolean;
}

const { shape } = Observation;

/**
 * As much of a refused observation as can be an observation here, told by its author. What is there is untrusted:
 * each field is read by itself, and what does not fit is left out or made "unknown", and said. `null`: it is none.
 */
export function repairObservation(entry: QuarantineEntry, facts: RepairFacts): Repair | null {
	const raw = fieldsOf(entry.item);
	const id = shape.id.safeParse(entry.itemId);
	if (!raw || raw.type !== 'observation' || !id.success || raw.schoolId !== facts.schoolId) return null;

	const changed = new Set<Repaired>();
	/** The field when it fits, else what stands for it. */
	function read<S extends z.ZodMiniType>(
		field: Repaired,
		schema: S,
		otherwise: z.infer<S>,
		fits = (_: z.infer<S>) => true,
	) {
		const parsed = schema.safeParse(raw?.[field]);
		if (parsed.success && fits(parsed.data)) return parsed.data;
		if (raw?.[field] !== undefined) changed.add(field);
		return otherwise;
	}
	/** The members that fit, each once where that is the rule. */
	function readAll<S extends z.ZodMiniType>(field: Repaired, schema: S, most: number): z.infer<S>[] {
		const given: unknown[] = Array.isArray(raw?.[field]) ? (raw[field] as unknown[]) : [];
		const kept = given.flatMap((one) => {
			const parsed = schema.safeParse(one);
			return parsed.success ? [parsed.data] : [];
		});
		if (kept.length !== given.length || kept.length > most || !Array.isArray(raw?.[field])) changed.add(field);
		return kept.slice(0, most);
	}
	/** Text is what was told: too long is cut, never left out. */
	function readText(field: 'note' | 'motive', most: number): string | undefined {
		const text = typeof raw?.[field] === 'string' ? raw[field].trim() : '';
		if (text.length > most) changed.add(field);
		return text.slice(0, most).trim() || undefined;
	}

	const participants = readAll('participants', Participant, MAX_PARTICIPANTS).map((one): Participant => {
		if (!('pupilId' in one) || facts.hasPupil(one.pupilId)) return one;
		changed.add('participants');
		return { role: one.role, description: facts.unknownChild };
	});
	const behaviours = readAll('behaviours', Behaviour, MAX_BEHAVIOURS);
	const toldBy = read('toldBy', shape.toldBy, undefined, (pupil) => pupil === undefined || facts.hasPupil(pupil));
	const motive = readText('motive', MAX_MOTIVE);
	const note = readText('note', MAX_NOTE);
	const observation: Observation = {
		type: 'observation',
		v: 1,
		id: id.data,
		schoolId: facts.schoolId,
		reporterId: entry.authorId,
		...(toldBy && { toldBy }),
		occurredAt: read('occurredAt', shape.occurredAt, facts.now, (at) => at <= facts.now),
		zone: read('zone', shape.zone, facts.zone),
		precision: read('precision', shape.precision, 'about'),
		notedAt: read('notedAt', shape.notedAt, entry.receivedAt),
		placeId: read('placeId', shape.placeId, null, (place) => place === null || facts.hasPlace(place)),
		outsideSchool: read('outsideSchool', shape.outsideSchool, false),
		participants,
		victimGroupId: read('victimGroupId', shape.victimGroupId, null, (group) => group === null || facts.hasGroup(group)),
		behaviours,
		digital: read('digital', shape.digital, false),
		basket: read('basket', shape.basket, proposedBasket(behaviours) ?? 'orange'),
		handling: readAll('handling', Handling, Handling.options.length),
		means: readAll('means', Means, Means.options.length),
		...(motive && { motive }),
		...(note && { note }),
	};
	if (raw.reporterId !== entry.authorId) changed.add('reporterId');
	return { observation, changed: [...changed], needsBehaviour: behaviours.length === 0 };
}

/** As `Observation` has them. */
const MAX_PARTICIPANTS = 40;
const MAX_BEHAVIOURS = 12;
const MAX_MOTIVE = 500;
const MAX_NOTE = 2000;

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}
