/** Kinds of personal data that a school does not need here, and that the law guards most (GDPR, article 9; M5-18). */
export type SpecialCategory = 'health' | 'religion' | 'origin' | 'sexuality';

/**
 * Beginnings of words, Dutch and English, without accents. Few and telling: a word that usually means something else
 * ("geloof" in "ik geloof dat", "zwart" of a coat) would teach people to look past the hint. `=` in front: the whole word.
 */
const BEGINNINGS: Readonly<Record<SpecialCategory, readonly string[]>> = {
	health: [
		...['adhd', 'autis', 'asperger', 'dyslex', 'depress', 'diabet', 'epilep', 'anorex', 'psychiat', 'psycholoog'],
		...[
			'psychologist',
			'medicijn',
			'medicatie',
			'medication',
			'ritalin',
			'therap',
			'diagnos',
			'ziekenhuis',
			'hospital',
		],
		...['handicap', 'gehandicapt', 'disabilit', 'zwanger', 'pregnan', 'ziekte', 'illness', '=hiv', '=ptss', '=ptsd'],
	],
	religion: [
		...['moslim', 'muslim', 'islam', '=christen', '=christenen', 'christelijk', 'katholiek', 'catholic', 'protestant'],
		...['=jood', 'joods', 'joden', 'jewish', 'hindoe', 'hindu', 'boeddh', 'buddh', 'moskee', 'mosque', 'synagog'],
		...['=kerk', '=kerken', '=church', 'hoofddoek', 'headscarf', 'ramadan', 'gelovig'],
	],
	origin: [
		...['marokka', 'morocc', '=turk', '=turks', '=turkse', '=turken', 'turkish', 'surina', 'antilli', 'syri', 'oekrai'],
		...[
			'ukrain',
			'=pools',
			'=poolse',
			'=roma',
			'zigeuner',
			'allochto',
			'buitenlander',
			'foreigner',
			'asielzoek',
			'asylum',
		],
		...['vluchteling', 'refugee', 'immigra', 'huidskleur', 'huidkleur', '=afkomst'],
	],
	sexuality: [
		'homo',
		'lesbi',
		'=gay',
		'=gays',
		'transgender',
		'queer',
		'biseks',
		'bisex',
		'geaardheid',
		'lhbt',
		'lgbt',
	],
};

const CATEGORIES = Object.keys(BEGINNINGS) as SpecialCategory[];

/** What a text seems to say of somebody that it need not; a hint for who writes, never a reason to refuse. */
export function specialCategoriesIn(text: string): SpecialCategory[] {
	const words: readonly string[] = withoutAccents(text).match(/[a-z]+/g) ?? [];
	return CATEGORIES.filter((category) =>
		BEGINNINGS[category].some((beginning) =>
			beginning.startsWith('=') ? words.includes(beginning.slice(1)) : words.some((word) => word.startsWith(beginning)),
		),
	);
}

function withoutAccents(text: string): string {
	return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
