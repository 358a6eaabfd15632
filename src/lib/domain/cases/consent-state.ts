import type { PupilId } from '#domain/id.ts';
import type { CompiledStep } from '#domain/protocols/compile-protocol.ts';
import { dayNumber } from '#domain/time/local-time.ts';
import type { CasePupil } from './case.ts';
import type { Consent } from './step-record.ts';

/** `notAskedFor`: the step needs none; `open`: somebody has still to say; `refused`: somebody said no or took it back. */
export type ConsentState = 'notAskedFor' | 'open' | 'given' | 'refused';

export interface ConsentFound {
	readonly state: ConsentState;
	/** The day of the last word, since 1970-01-01; null while nobody said anything. */
	readonly day: number | null;
}

/** For nearly every step. */
const NONE_NEEDED: ConsentFound = { state: 'notAskedFor', day: null };

/** Everybody whose consent a step needs has to give it; the last word of each counts (MEL-10). */
export function consentTo(
	{ consents }: Pick<CompiledStep, 'consents'>,
	facts: { readonly consents: readonly Consent[]; readonly pupils: readonly CasePupil[] },
): ConsentFound {
	if (!consents) return NONE_NEEDED;
	let state: ConsentState = 'given';
	let day: number | null = null;
	for (const { key, of } of consents) {
		for (const pupilId of whose(of, facts.pupils)) {
			const word = lastWord(facts.consents, key, pupilId);
			if (word) day = Math.max(day ?? -Infinity, dayNumber(word.on));
			if (word && word.given !== 'yes') state = 'refused';
			else if (!word && state === 'given') state = 'open';
		}
	}
	return { state, day };
}

/** Who has to be asked; one answer without a name where nobody of the kind is in the case. */
export function whose(
	of: 'victims' | 'instigators' | 'parents' | undefined,
	pupils: readonly CasePupil[],
): readonly (PupilId | null)[] {
	const role = of === 'victims' ? 'victim' : of === 'instigators' ? 'instigator' : null;
	const ids = role ? pupils.filter((each) => each.role === role).map(({ pupilId }) => pupilId) : [];
	return ids.length > 0 ? ids : [null];
}

export function lastWord(consents: readonly Consent[], key: string, pupilId: PupilId | null): Consent | undefined {
	let last: Consent | undefined;
	for (const each of consents) {
		if (each.consent !== key || (each.pupilId ?? null) !== pupilId) continue;
		if (!last || isLater(each, last)) last = each;
	}
	return last;
}

function isLater(a: Consent, b: Consent): boolean {
	const difference = Date.parse(a.recordedAt) - Date.parse(b.recordedAt);
	return difference === 0 ? a.id > b.id : difference > 0;
}
