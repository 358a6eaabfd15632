import { quarantineDecisionIdFor } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { dateOf, toLocalDateTime, type LocalDate, type LocalDateTime } from '#domain/time/local-time.ts';
import type { Delivery, Device, UnsentDocument } from '#lib/device/device.ts';
import { schoolZone } from '#lib/device/school-time.ts';

export interface OwnObservation {
	readonly observation: Observation;
	readonly delivery: Delivery;
	/** Taken back by the reporter; a withdrawal can be undone while it has not been sent. */
	readonly withdrawn: boolean;
	/** What the coordinator wrote when it was not taken. */
	readonly answer: Answer | null;
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
		.map((observation): OwnObservation => {
			// Seen in a pull but not made here: another device of the same person sent it.
			const delivery = device.deliveryOf(observation.id) ?? { kind: 'arrived' };
			const answer = delivery.kind === 'notAccepted' ? answerTo(observation.id, device) : null;
			return { observation, delivery, withdrawn: withdrawn.has(observation.id), answer };
		})
		.filter(({ observation, delivery }) => delivery.kind !== 'arrived' || loggedOn(observation) === today)
		.sort((a, b) => (a.observation.notedAt < b.observation.notedAt ? 1 : -1));
}

/** What no card of an observation shows: a withdrawal that waits is told there, one that was refused has to be told. */
export function isOther({ document, delivery }: UnsentDocument): boolean {
	return document.type !== 'observation' && !(document.type === 'withdrawal' && delivery.kind === 'savedHere');
}

/** What the coordinator wrote about a document of mine that was not taken. */
export interface Answer {
	readonly text: string;
	/** On the school's clock. */
	readonly at: LocalDateTime;
}

/** The newest one. It stays in sight for as long as the document does: until it is taken, or given up. */
export function answerTo(
	documentId: string,
	{ session, documents }: Pick<Device, 'session' | 'documents'>,
): Answer | null {
	const answers = documents
		.all('quarantineEntry')
		.filter(({ itemId, authorId }) => itemId === documentId && authorId === session?.personId)
		.flatMap(({ id }) => {
			const decided = documents.get('quarantineDecision', quarantineDecisionIdFor(id));
			return decided?.decision.kind === 'answered' ? { at: decided.decidedAt, text: decided.decision.text } : [];
		})
		.sort((a, b) => (a.at < b.at ? 1 : -1));
	const [newest] = answers;
	return newest ? { text: newest.text, at: toLocalDateTime(new Date(newest.at), schoolZone(documents)) } : null;
}

function loggedOn({ notedAt, zone }: Observation): LocalDate {
	return dateOf(toLocalDateTime(new Date(notedAt), zone));
}
