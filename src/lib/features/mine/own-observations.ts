import type { Observation } from '#domain/observation/observation.ts';
import { dateOf, toLocalDateTime, type LocalDate } from '#domain/time/local-time.ts';
import type { Delivery, Device, UnsentDocument } from '#lib/device/device.ts';

export interface OwnObservation {
	readonly observation: Observation;
	readonly delivery: Delivery;
	/** Taken back by the reporter; a withdrawal can be undone while it has not been sent. */
	readonly withdrawn: boolean;
}

/**
 * What this person logged today, and everything older that has not arrived: that must never slip out of sight (D3).
 * Last logged first. A supervisor's device lets go of what arrived, after a day; a teacher's keeps it.
 */
export function ownObservations(
	device: Pick<Device, 'session' | 'documents' | 'unsent' | 'deliveryOf'>,
	today: LocalDate,
): OwnObservation[] {
	const personId = device.session?.personId;
	const withdrawn = new Set(device.documents.all('withdrawal').map((each) => each.observationId as string));
	const made = new Map(
		device.documents
			.all('observation')
			.filter((observation) => observation.reporterId === personId)
			.map((observation) => [observation.id as string, observation]),
	);
	// After a conflict `documents` shows the school's version; what this person wrote is what matters here.
	for (const { document } of device.unsent) if (document.type === 'observation') made.set(document.id, document);
	return [...made.values()]
		.map((observation): OwnObservation => ({
			observation,
			// Seen in a pull but not made here: another device of the same person sent it.
			delivery: device.deliveryOf(observation.id) ?? { kind: 'arrived' },
			withdrawn: withdrawn.has(observation.id),
		}))
		.filter(({ observation, delivery }) => delivery.kind !== 'arrived' || loggedOn(observation) === today)
		.sort((a, b) => (a.observation.notedAt < b.observation.notedAt ? 1 : -1));
}

/** What no card of an observation shows: a withdrawal that waits is told there, one that was refused has to be told. */
export function isOther({ document, delivery }: UnsentDocument): boolean {
	return document.type !== 'observation' && !(document.type === 'withdrawal' && delivery.kind === 'savedHere');
}

function loggedOn({ notedAt, zone }: Observation): LocalDate {
	return dateOf(toLocalDateTime(new Date(notedAt), zone));
}
