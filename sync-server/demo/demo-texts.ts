import type { PlaceKind } from '#domain/school/roster.ts';

/** What a reporter might add, without a name in it. */
export const NOTES: Partial<Record<PlaceKind, readonly string[]>> & { readonly anywhere: readonly string[] } = {
	footballField: ['Het begon om de bal.', 'Bij het kiezen van de teams.', 'Na een tegengoal liep het op.'],
	playground: ['Het spel werd steeds ruwer.', 'Begon bij het tikkertje.'],
	classroom: ['Tijdens zelfstandig werken.', 'Bij het opruimen.', 'De rest raakte afgeleid.'],
	cloakroom: ['In de drukte bij de jassen.'],
	corridor: ['Bij het wisselen van lokaal.'],
	route: ['Verteld door een ouder bij het hek.'],
	online: ['In de groepsapp van de klas.', 'Tijdens een spel thuis.'],
	anywhere: [
		'Ik zag alleen het einde.',
		'Beide kinderen vertelden het anders.',
		'Vorige week ook al.',
		'Daarna speelden ze weer samen.',
		'Was snel weer rustig.',
	],
};

export const MOTIVES = [
	'Wilde meedoen met het spel.',
	'Voelde zich buitengesloten.',
	'Was boos over iets van eerder.',
	'Wilde dat anderen lachten.',
	'Dacht dat het een grapje was.',
] as const;

/** An unknown child in a supervisor's words. */
export const UNKNOWN_CHILDREN = [
	'jongen met rode jas, bovenbouw',
	'meisje met twee vlechten, groep 4 of 5',
	'kind met groene pet, bij het hek',
] as const;

export const CORRECTIONS = ['Nagevraagd bij de leerkracht.', 'Met beide kinderen gesproken.'] as const;

/** Texts of a case, step by step; each list is picked from by dice. */
export const CASE_TEXTS = {
	bekijken: [
		'Drie weken lang bijna elke pauze hetzelfde: duwen en namen roepen bij het voetbalveld. Twee klasgenoten kijken toe en lachen.',
		'In de klas is het rustig, in de pauze niet. Het gaat steeds om dezelfde twee kinderen.',
		'Het kind zegt zelf dat het “niet meer leuk” is en blijft de laatste weken liever binnen.',
	],
	begrijpen: [
		'Wil er graag bij horen. Krijgt nu aandacht van de groep door anderen voor schut te zetten.',
		'Komt in de pauze niet goed in het spel en wordt dan boos. In de gymles gaat het juist goed.',
		'De groep vindt lachen om een ander gewoon. Niemand zegt er iets van.',
	],
	beslissen: [
		'Samen afgesproken: in de kleine pauze een vaste taak bij de spelkist. De pleinwacht kijkt in de eerste tien minuten mee. Ouders weten ervan.',
		'Twee klasgenoten helpen in de pauze. Elke vrijdag kort praten met de leerkracht.',
		'Twee weken niet op het voetbalveld, wel op het schoolplein. Daarna samen bekijken hoe het gaat.',
	],
	bijsturen: [
		'Eerste week ging goed. Op donderdag één keer mis, zelf gemeld en goedgemaakt.',
		'Met de groep de afspraken van het plein opnieuw besproken. Ouders gebeld.',
	],
	stopped: [
		'Acht weken niets meer gezien en het kind zegt zelf dat het over is. Compliment gegeven in de klassenronde.',
	],
	notStopped: [
		'Na twee weken minder, daarna toch weer. De taak bij de spelkist helpt, de weg naar huis is nog onrustig. We kijken opnieuw.',
	],
	followUp: [
		'Zegt dat het beter gaat. Speelt weer buiten.',
		'Het is minder, maar nog niet weg.',
		'Rustig gesprek gehad. De afspraak blijft staan.',
	],
} as const;

/** What goes with a concern, without a name in it. */
export const SIGNAL_TEXTS = {
	morning: 'Wil al twee weken niet naar school, zegt thuis niet waarom.',
	things: 'De etui was voor de derde keer weg.',
	looked: 'Samen gepraat. Komt elke vrijdag even langs.',
} as const;

/** What is agreed in rounds, without a name in it. */
export const ROUND_TEXTS = {
	because: {
		keepsComingBack: 'Komt steeds terug, tegen verschillende kinderen.',
		moreSinceRound: 'Meer dan voorheen, nog geen vast patroon.',
		wentOn: 'Ging door na ons gesprek; we helpen mee.',
		stopped: 'Niets meer gehoord: gestopt.',
		cameBack: 'Even gestopt, nu weer begonnen.',
		victimOften: 'Vaak de dupe, en het houdt aan.',
		victimAgain: 'Opnieuw de dupe.',
		victimNoMore: 'Niet meer de dupe sinds de ronde.',
	},
	session: [
		'Vooral de grote pauze vraagt aandacht. We spreken af dat er twee mensen buiten lopen.',
		'Minder drukte bij de jassen. De groepen gaan nu na elkaar naar buiten.',
		'Leerkrachten melden vaker, ook kleine dingen. Dat willen we zo houden.',
	],
	measures: {
		play: 'Begeleid spel met een vaste spelleider in de grote pauze.',
		watch: 'Een vaste pleinwacht blijft hier de hele pauze staan.',
	},
} as const;
