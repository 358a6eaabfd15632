import type { Behaviour } from '#domain/observation/behaviour.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Precision } from './precision.ts';

export type SentenceLocale = 'nl' | 'en';

/** What a user reads for each behaviour; a test holds it to the messages, which the server cannot read. */
export const BEHAVIOUR_WORDS = {
	pushing: { nl: 'duwen', en: 'pushing' },
	hittingKicking: { nl: 'slaan, schoppen', en: 'hitting, kicking' },
	exclusion: { nl: 'buitensluiten', en: 'leaving out' },
	nameCalling: { nl: 'uitschelden', en: 'name-calling' },
	ridicule: { nl: 'uitlachen', en: 'laughing at' },
	gossip: { nl: 'roddelen', en: 'gossip' },
	taking: { nl: 'afpakken', en: 'taking things' },
	threat: { nl: 'bedreigen', en: 'threatening' },
	breaking: { nl: 'stukmaken', en: 'breaking things' },
	tripping: { nl: 'laten struikelen', en: 'tripping' },
	jokes: { nl: 'grappen over iemand', en: 'jokes about someone' },
	slurs: { nl: 'discrimineren', en: 'slurs' },
	forcedLowMarks: { nl: 'dwingen tot slechte cijfers', en: 'forcing low marks' },
	waitingAfterSchool: { nl: 'opwachten na school', en: 'waiting after school' },
	unwantedTouch: { nl: 'ongewenst aanraken', en: 'unwanted touch' },
	gropingKissing: { nl: 'betasten, zoenen', en: 'groping, kissing' },
	deathWishes: { nl: 'dood wensen', en: 'death wishes' },
	forcedTheft: { nl: 'dwingen tot stelen of geld', en: 'forcing theft or money' },
	silencing: { nl: 'laten zwijgen', en: 'making someone keep silent' },
	forbiddingToReport: { nl: 'verbieden te melden', en: 'forbidding to tell' },
	defyingAuthority: { nl: 'gezag uitdagen', en: 'defying authority' },
	insolence: { nl: 'brutaal doen', en: 'insolence' },
	demandingAttention: { nl: 'aandacht opeisen', en: 'demanding attention' },
	disturbingLesson: { nl: 'de les verstoren', en: 'disturbing the lesson' },
	refusingWork: { nl: 'werk weigeren', en: 'refusing work' },
	lying: { nl: 'liegen', en: 'lying' },
	wantingToBeSentOut: { nl: 'eruit gestuurd willen worden', en: 'wanting to be sent out' },
	sidingWithAdult: { nl: 'heulen met een volwassene', en: 'siding with an adult' },
	kindness: { nl: 'aardig!', en: 'kind!' },
	helping: { nl: 'helpen', en: 'helping' },
	comforting: { nl: 'troosten', en: 'comforting' },
	including: { nl: 'laten meedoen', en: 'letting join in' },
	standingUpFor: { nl: 'opkomen voor', en: 'standing up for' },
	makingUp: { nl: 'goedmaken', en: 'making up' },
} as const satisfies Record<Behaviour, Record<SentenceLocale, string>>;

const WEEKDAYS = {
	nl: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'],
	en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** One sentence a team can act on: where, when, what, who, how much more than usual, and whether it could be chance. */
export function precisionSentence(precision: Precision | null, placeName: string, locale: SentenceLocale): string {
	return precision ? TELL[locale](precision, placeName) : NOTHING[locale];
}

const NOTHING: Record<SentenceLocale, string> = {
	nl: 'Op geen enkele plek waren er in één uur genoeg incidenten om te vergelijken.',
	en: 'At no place were there enough incidents in one hour to compare.',
};

const TELL: Record<SentenceLocale, (precision: Precision, placeName: string) => string> = {
	nl: (found, placeName) => {
		const { incidents, hour, weekday, instigatorIds, recent, couldBeChance } = found;
		const often =
			found.times === null ? 'eerder gebeurde het daar niet' : `${decimal(found.times, 'nl')} keer zo vaak als anders`;
		return (
			`${placeName}, tussen ${hour} en ${hour + 1} uur: ${incidents} incidenten sinds ${day(recent.from, 'nl')}, ${often}, ` +
			`vooral ${BEHAVIOUR_WORDS[found.behaviour].nl} (${found.behaviourIncidents}) en het meest op ${WEEKDAYS.nl[weekday - 1] ?? ''} (${found.weekdayIncidents})` +
			`${pupilsNl(instigatorIds.length)}; ${couldBeChance ? 'dit kan toeval zijn' : 'toeval verklaart dit niet'}.`
		);
	},
	en: (found, placeName) => {
		const { incidents, hour, weekday, instigatorIds, recent, couldBeChance } = found;
		const often =
			found.times === null ? 'where there were none before' : `${decimal(found.times, 'en')} times as often as usual`;
		return (
			`${placeName}, between ${hour}:00 and ${hour + 1}:00: ${incidents} incidents since ${day(recent.from, 'en')}, ${often}, ` +
			`mostly ${BEHAVIOUR_WORDS[found.behaviour].en} (${found.behaviourIncidents}) and most on ${WEEKDAYS.en[weekday - 1] ?? ''} (${found.weekdayIncidents})` +
			`${pupilsEn(instigatorIds.length)}; ${couldBeChance ? 'this could be chance' : 'chance does not explain it'}.`
		);
	},
};

function pupilsNl(count: number): string {
	if (count === 0) return '';
	return count === 1
		? ', 1 leerling staat bij minstens 80 % ervan'
		: `, ${count} leerlingen staan samen bij minstens 80 % ervan`;
}

function pupilsEn(count: number): string {
	if (count === 0) return '';
	return count === 1
		? ', 1 pupil stands at 80 % of them or more'
		: `, ${count} pupils together stand at 80 % of them or more`;
}

function decimal(value: number, locale: SentenceLocale): string {
	return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

function day(date: LocalDate, locale: SentenceLocale): string {
	const format = new Intl.DateTimeFormat(locale === 'nl' ? 'nl' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' });
	return format.format(new Date(`${date}T00:00Z`));
}
