import type { Likeness } from '#domain/incident/likely-doubles.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { behaviourName } from '#lib/i18n/terms.ts';
import { intlLocale } from '#lib/i18n/when.ts';

/** From here two accounts agree on nearly all there is to compare. */
const STRONG = 0.75;

export function strengthText(score: number): string {
	return score >= STRONG ? m.inbox_likeness_strong() : m.inbox_likeness_some();
}

/** Why two observations look alike; `name` says that it holds a child's name. */
export function likenessReasons(likeness: Likeness, roster: RosterIndex): { text: string; name: boolean }[] {
	const list = new Intl.ListFormat(intlLocale(), { type: 'conjunction' });
	const children = [...likeness.sharedInstigators, ...likeness.sharedVictims];
	const names = list.format(children.map((id) => roster.shortName(id)));
	const behaviours = list.format(likeness.sharedBehaviours.map((each) => behaviourName[each]()));
	const { minutesApart } = likeness;
	return [
		{ text: m.inbox_same_children({ names }), name: true },
		{ text: minutesApart === 0 ? m.inbox_same_time() : m.inbox_minutes_apart({ count: minutesApart }), name: false },
		...(likeness.samePlace ? [{ text: m.inbox_same_place(), name: false }] : []),
		...(behaviours ? [{ text: m.inbox_same_behaviour({ behaviours }), name: false }] : []),
		...(likeness.sameReporter ? [{ text: m.inbox_same_reporter(), name: false }] : []),
	];
}
