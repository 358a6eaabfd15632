import type { DomainDocument } from '#domain/document.ts';
import type { PupilId } from '#domain/id.ts';
import type { Participant } from '#domain/observation/observation.ts';

export interface PupilErasure {
	/** Documents that were about this pupil only; what hangs on them goes too. */
	readonly erase: readonly string[];
	/** Documents that are about others as well, without this pupil in them. */
	readonly revise: readonly DomainDocument[];
	/** Of the revised, those with free text, which may still say a name: for a person to read. */
	readonly toRead: readonly string[];
}

/** A school's documents as if this pupil had never been there (M5-18), except for words in free text. */
export function withoutPupil(pupilId: PupilId, documents: Iterable<DomainDocument>): PupilErasure {
	const erase: string[] = [pupilId];
	const revise: DomainDocument[] = [];
	for (const doc of documents) {
		const rest = rewrite(doc, pupilId);
		if (rest === null) erase.push(doc.id);
		else if (rest !== doc) revise.push(rest);
	}
	return { erase, revise, toRead: revise.filter(hasFreeText).map(({ id }) => id) };
}

/** The same document when the pupil is not in it; `null` when nothing is left of it without. */
function rewrite(doc: DomainDocument, pupilId: PupilId): DomainDocument | null {
	switch (doc.type) {
		case 'observation': {
			const { toldBy, ...account } = doc;
			const participants = doc.participants.filter((one) => !isPupil(one, pupilId));
			if (participants.length === doc.participants.length && toldBy !== pupilId) return doc;
			const isAboutOthers = participants.some((one) => 'pupilId' in one) || doc.victimGroupId !== null;
			if (!isAboutOthers) return null;
			return { ...account, ...(toldBy && toldBy !== pupilId && { toldBy }), participants };
		}
		case 'processing': {
			const participants = doc.participants.filter((one) => !isPupil(one, pupilId));
			return participants.length === doc.participants.length ? doc : { ...doc, participants };
		}
		case 'case': {
			const pupils = doc.pupils.filter((one) => one.pupilId !== pupilId);
			if (pupils.length === doc.pupils.length) return doc;
			return pupils.length === 0 ? null : { ...doc, pupils };
		}
		case 'stepInvitation': {
			const pupilIds = doc.pupilIds.filter((id) => id !== pupilId);
			if (pupilIds.length === doc.pupilIds.length) return doc;
			return pupilIds.length === 0 ? null : { ...doc, pupilIds };
		}
		case 'followUp':
			return doc.about.pupilId === pupilId ? null : doc;
		case 'measure': {
			const pupilIds = doc.pupilIds.filter((id) => id !== pupilId);
			if (pupilIds.length === doc.pupilIds.length) return doc;
			// Without anybody named it would be about everybody.
			return pupilIds.length === 0 ? null : { ...doc, pupilIds };
		}
		case 'roundEntry':
			return 'pupilId' in doc.what && doc.what.pupilId === pupilId ? null : doc;
		case 'roundSnapshot': {
			const pupils = doc.pupils?.filter((each) => each.pupilId !== pupilId) ?? [];
			return pupils.length === (doc.pupils?.length ?? 0) ? doc : { ...doc, pupils };
		}
		// Nobody has checked what is in there, so it cannot be taken apart.
		case 'quarantineEntry':
			return doc.item.includes(pupilId) ? null : doc;
		case 'quarantineDecision':
			return JSON.stringify(doc.decision).includes(pupilId) ? null : doc;
		// Worked out anew from what is left.
		case 'analysis':
			return doc;
		default:
			return 'pupilId' in doc && doc.pupilId === pupilId ? null : doc;
	}
}

function isPupil(one: Participant, pupilId: PupilId): boolean {
	return 'pupilId' in one && one.pupilId === pupilId;
}

function hasFreeText(doc: DomainDocument): boolean {
	if (doc.type === 'observation') {
		const isDescribed = doc.participants.some((one) => 'description' in one);
		return isDescribed || doc.note !== undefined || doc.motive !== undefined;
	}
	return doc.type === 'processing' ? doc.note !== undefined : doc.type === 'case' || doc.type === 'measure';
}
