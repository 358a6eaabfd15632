import { DomainDocument } from '#domain/document.ts';
import { quarantineDecisionIdFor, type PersonId } from '#domain/id.ts';
import {
	MAX_OPEN_PER_PERSON,
	quarantineStateOf,
	type QuarantineDecision,
	type QuarantineEntry,
	type QuarantineState,
} from '#domain/quarantine/quarantine.ts';
import { repairObservation, type Repair } from '#domain/quarantine/repair-observation.ts';
import { toLocalDateTime, type LocalDateTime } from '#domain/time/local-time.ts';
import type { Delivery, Device } from '#lib/device/device.ts';

export interface QuarantineItem {
	readonly entry: QuarantineEntry;
	readonly decision: QuarantineDecision | undefined;
	readonly state: QuarantineState;
	/** Who sent it; empty when this person is not at the school any more. */
	readonly author: string;
	/** Who handed it in in a file, where somebody else did; empty like `author`. */
	readonly broughtBy: string;
	/** When the server received it, on the school's clock. */
	readonly receivedAt: LocalDateTime;
	/** Where the decision itself stands, when it was made on this device. */
	readonly delivery: Delivery | undefined;
}

/** What can be taken over from an entry: an observation put right, another document as it came, or nothing. */
export type Acceptable =
	| { readonly kind: 'observation'; readonly repair: Repair }
	| { readonly kind: 'asItCame'; readonly document: DomainDocument }
	| { readonly kind: 'nothing' };

/** Newest first. */
export function quarantineItems({ documents, deliveryOf }: Pick<Device, 'documents' | 'deliveryOf'>): QuarantineItem[] {
	const zone = documents.all('school')[0]?.zone ?? 'Europe/Amsterdam';
	const nameOf = (id: PersonId) => documents.get('person', id)?.name ?? '';
	return documents
		.all('quarantineEntry')
		.map((entry) => {
			const decision = documents.get('quarantineDecision', quarantineDecisionIdFor(entry.id));
			return {
				entry,
				decision,
				state: quarantineStateOf(entry, decision),
				author: nameOf(entry.authorId),
				broughtBy: entry.handIn ? nameOf(entry.handIn.by) : '',
				receivedAt: toLocalDateTime(new Date(entry.receivedAt), zone),
				delivery: decision && deliveryOf(decision.id),
			};
		})
		.sort((a, b) => (a.entry.receivedAt < b.entry.receivedAt ? 1 : -1));
}

/** Waits for the coordinator; for the menu. */
export function openQuarantineCount(device: Pick<Device, 'documents' | 'deliveryOf'>): number {
	return quarantineItems(device).filter(({ state }) => state === 'open').length;
}

/** Names of people of whom the server keeps no more until some of these are decided. */
export function peopleAtTheLimit(items: readonly QuarantineItem[]): string[] {
	const open = Map.groupBy(
		items.filter(({ state }) => state === 'open'),
		({ entry }) => entry.authorId,
	);
	return [...open.values()].filter(({ length }) => length >= MAX_OPEN_PER_PERSON).map(([first]) => first?.author ?? '');
}

export function acceptableIn(
	{ entry }: QuarantineItem,
	{ documents }: Pick<Device, 'documents'>,
	now: Date,
	unknownChild: string,
): Acceptable {
	const school = documents.all('school')[0];
	if (!school || entry.isCut) return { kind: 'nothing' };
	const repair = repairObservation(entry, {
		schoolId: school.id,
		zone: school.zone,
		now: toLocalDateTime(now, school.zone),
		hasPupil: (id) => documents.get('pupil', id) !== undefined,
		hasPlace: (id) => documents.get('place', id) !== undefined,
		hasGroup: (id) => documents.get('group', id) !== undefined,
		unknownChild,
	});
	if (repair) return { kind: 'observation', repair };
	const document = DomainDocument.safeParse(parsedJson(entry.item));
	return document.success && document.data.id === entry.itemId
		? { kind: 'asItCame', document: document.data }
		: { kind: 'nothing' };
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
