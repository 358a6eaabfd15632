import type { Place, PlaceKind } from '#domain/school/roster.ts';
import * as m from './generated/messages.js';
import { getLocale } from './generated/runtime.js';

type Named = Pick<Place, 'name' | 'kind'>;

/** What stands around a place's name in a sentence: `bij het ` + `klimrek`. */
export interface PlacePhrase {
	readonly before: string;
	readonly name: string;
}

const phrase = {
	climbingFrame: m.place_at_climbingFrame,
	footballField: m.place_at_footballField,
	playground: m.place_at_playground,
	sandpit: m.place_at_sandpit,
	bicycleShed: m.place_at_bicycleShed,
	corridor: m.place_at_corridor,
	classroom: m.place_at_classroom,
	toilets: m.place_at_toilets,
	cloakroom: m.place_at_cloakroom,
	gym: m.place_at_gym,
	canteen: m.place_at_canteen,
	route: m.place_at_route,
	online: m.place_at_online,
	other: m.place_at_other,
} satisfies Record<PlaceKind, (inputs: { place: string }) => string>;

/** The everyday Dutch names of a kind of place, and its English one: only these can be translated. */
const EVERYDAY = {
	climbingFrame: { nl: /^(het )?klim(rek|toestel)$/, en: 'climbing frame' },
	footballField: { nl: /^(voetbal|sport)veld(je)?$/, en: 'football field' },
	playground: { nl: /^(school|speel)?plein$|^speelplaats$/, en: 'playground' },
	sandpit: { nl: /^zandbak$/, en: 'sandpit' },
	bicycleShed: { nl: /^fietsen(stalling|hok|rek)$/, en: 'bicycle shed' },
	corridor: { nl: /^(gang|hal)$/, en: 'corridor' },
	classroom: { nl: /^((klas)?lokaal|klas)$/, en: 'classroom' },
	toilets: { nl: /^(toilet(ten)?|wc(['’]?s)?)$/, en: 'toilets' },
	cloakroom: { nl: /^(garderobe|kapstok(ken)?|kleedkamer)$/, en: 'cloakroom' },
	gym: { nl: /^(gym|sport)(zaal|lokaal)?$/, en: 'gym' },
	canteen: { nl: /^(kantine|aula|overblijf(lokaal|ruimte)?|eetzaal)$/, en: 'canteen' },
	route: { nl: /^(onderweg|(school)?route|van en naar school|onderweg naar huis)$/, en: 'way to and from school' },
	online: { nl: /^online$/, en: 'online' },
	other: { nl: /^(elders|ergens anders)$/, en: 'somewhere else' },
} satisfies Record<PlaceKind, { nl: RegExp; en: string }>;

/** Dutch nouns tell their article by nothing but themselves; diminutives are always `het`. */
const HET = /(rek|toestel|veld|plein|lokaal|hok|toilet|hek|huis|podium|gebouw|gras|park|bos|zwembad|eiland|[^e]je)$/;
const DE =
	/(bak|stalling|gang|zaal|klas|kantine|aula|trap|baan|schommel|tafel|bieb|bibliotheek|ruimte|poort|uitgang|hal|garderobe|kapstok|kamer|plaats|tuin|muur|bus|halte|straat|stoep|wc|keuken|heuvel|brug|route|hoek|en|['’]s)$/;
const USUAL_ARTICLE: Readonly<Partial<Record<PlaceKind, string>>> = {
	climbingFrame: 'het',
	footballField: 'het',
	playground: 'het',
	sandpit: 'de',
	bicycleShed: 'de',
	corridor: 'de',
	toilets: 'de',
	cloakroom: 'de',
	gym: 'de',
	canteen: 'de',
};

/** Adverbs, which no preposition goes before. */
const STANDS_ALONE = /^(onderweg|buiten|thuis|elders|ergens|somewhere)/;

/** A place as a tile or a table shows it. */
export function placeName(place: Named): string {
	const english = getLocale() === 'en' ? everydayEnglish(place) : undefined;
	return english ? english.charAt(0).toUpperCase() + english.slice(1) : place.name;
}

/** A place inside a sentence, with the word and the article that belong before it: `op het` `voetbalveld`. */
export function placePhrase(place: Named): PlacePhrase {
	const name = getLocale() === 'en' ? (everydayEnglish(place) ?? place.name) : inSentence(place.name);
	if (place.kind === 'online') return { before: '', name: onlineName(name) };
	const dutch = inSentence(place.name);
	if (STANDS_ALONE.test(name)) return { before: '', name };
	const article = getLocale() === 'en' ? (everydayEnglish(place) ? 'the' : '') : dutchArticle(dutch, place.kind);
	const mark = '\u0000';
	const before = phrase[place.kind]({ place: mark }).split(mark)[0] ?? '';
	return { before: article ? `${before}${article} ` : before, name };
}

/** `groepsapp` → `online (groepsapp)`. */
function onlineName(name: string): string {
	return /online/i.test(name) ? name : `${m.digital()} (${name})`;
}

function everydayEnglish({ name, kind }: Named): string | undefined {
	return EVERYDAY[kind].nl.test(name.trim().toLowerCase()) ? EVERYDAY[kind].en : undefined;
}

/** `Klimrek` → `klimrek`, but `WC` stays. */
function inSentence(name: string): string {
	return /^\p{Lu}\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

function dutchArticle(name: string, kind: PlaceKind): string {
	const words = name.toLowerCase().split(/\s+/);
	if (/^(de|het|een)$/.test(words[0] ?? '')) return '';
	// `Lokaal 4` and `Gang B` are names by themselves.
	if (words.length > 1 && /^(\d.*|[a-z])$/.test(words.at(-1) ?? '')) return '';
	for (const word of words) {
		if (HET.test(word)) return 'het';
		if (DE.test(word)) return 'de';
	}
	return USUAL_ARTICLE[kind] ?? '';
}
