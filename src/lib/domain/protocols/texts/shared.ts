import { both } from './bilingual.ts';

/** Said the same in several protocols. */
export const STOPPED_FIELD = {
	label: both('Is het gestopt?', 'Has it stopped?'),
	options: {
		yes: both('Ja', 'Yes'),
		partly: both('Een beetje', 'Partly'),
		no: both('Nee', 'No'),
	},
};

export const LATE_LOOK_BACK = {
	title: both('Nog eens vragen, veel later', 'Ask once more, much later'),
	why: both(
		'Soms lijkt het gestopt en begint het weken later weer. Vraag het daarom nog eens.',
		'Sometimes it seems to have stopped and starts again weeks later. So ask once more.',
	),
	fields: { stopped: STOPPED_FIELD },
};

export const CASE_FILE = both('Overzicht van deze aanpak', 'Overview of this case');
export const STOPPED = both('Het is gestopt', 'It has stopped');
export const NOT_STOPPED = both('Het is niet gestopt', 'It has not stopped');
export const TOLD_WHAT_FOLLOWS = both('Verteld wat er gebeurt als het doorgaat', 'Told what happens if it goes on');
export const BOTH_FILES = both('In het leerlingdossier van beide kanten gezet', 'Noted in the files of both sides');
export const VICTIM_ASKED = both('Gevraagd aan het slachtoffer', 'Asked the victim');
export const REGISTERED = both('Wat er gebeurde staat erin', 'What happened is on record');

export const PLAN_LEVELS = {
	forVictim: { label: both('Voor het slachtoffer', 'For the victim') },
	forInstigators: { label: both('Voor wie het deed', 'For who did it') },
	forGroup: { label: both('Voor de groep', 'For the group') },
	forSchool: { label: both('Voor de school', 'For the school') },
	forParents: { label: both('Voor de ouders', 'For the parents') },
};
