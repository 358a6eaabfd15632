import type { ProtocolTexts } from '../protocol-texts.ts';
import { both } from './bilingual.ts';
import { CASE_FILE, STOPPED } from './shared.ts';

const WHAT = { what: { label: both('Wat heb je gedaan?', 'What did you do?') } };
const REQUEST_FIELDS = {
	request: { label: both('Wat vraag je?', 'What do you ask?') },
	ownProposal: { label: both('Wat stelt het kind zelf voor?', 'What does the child propose?') },
};

export const CONNECTIVE_AUTHORITY_TEXTS: ProtocolTexts = {
	title: both('Verbindend gezag', 'Connective Authority'),
	summary: both(
		'Acties van klein naar groot. Kies wat past, blijf kalm, hou vol en hou de relatie goed.',
		'Actions from small to large. Pick what fits, stay calm, persist, and keep the relation good.',
	),
	consents: {},
	steps: {
		dayStart: {
			title: both('Dagstart', 'Day start'),
			why: both(
				'Begin samen: wat ging goed, wat is opgelost, waar letten we op?',
				'Begin together: what went well, what was solved, what do we mind today?',
			),
		},
		relationGesture: {
			title: both('Relatiegebaar', 'Relation gesture'),
			why: both(
				'Een klein onverwacht gebaar, ook als het even niet goed gaat.',
				'A small unexpected gesture, also when things do not go well.',
			),
		},
		bookmark: {
			title: both('Bladwijzer', 'Bookmark'),
			why: both(
				'Kort en rustig: "Stop. Ik kom hierop terug." Geen discussie.',
				'Short and calm: "Stop. I will come back to this." No discussion.',
			),
		},
		bookmarkTalk: {
			title: both('Terugkomen op de bladwijzer', 'Come back to the bookmark'),
			why: both('Als iedereen weer rustig is. Kort, maar altijd.', 'When everybody is calm again. Short, but always.'),
		},
		silentPresence: {
			title: both('Stil erbij blijven', 'Silent presence'),
			why: both(
				'Blijf dichtbij en zeg niets. Je gaat de strijd niet aan.',
				'Stay close and say nothing. You do not enter the fight.',
			),
		},
		support: {
			title: both('Steun vragen', 'Call in support'),
			fields: { who: { label: both('Wie steunt je?', 'Who supports you?') } },
		},
		repair: {
			title: both('Herstelactie', 'Repair action'),
			fields: { what: { label: both('Wat maakt het kind goed?', 'What does the child repair?') } },
		},
		solutionRequest: {
			title: both('Oplossingsverzoek', 'Solution request'),
			why: both('Vraag het kind om zelf een voorstel te doen.', 'Ask the child to make a proposal.'),
			fields: REQUEST_FIELDS,
		},
		solutionBack: { title: both('Vragen hoe het voorstel loopt', 'Ask how the proposal works out') },
		refusal: {
			title: both('Een dienst weigeren', 'Refuse a service'),
			why: both(
				'"De relatie blijft, maar hier help ik niet aan mee." Rustig.',
				'"The relation stays, but I will not help with this." Calmly.',
			),
			fields: WHAT,
		},
		announcement: {
			title: both('Aankondiging', 'Announcement'),
			why: both(
				'Lees een verzorgde brief voor: dit kan niet doorgaan, en wat wij nu doen.',
				'Read out a careful letter: this cannot go on, and what we do now.',
			),
			fields: {
				letter: { label: both('De brief', 'The letter') },
				there: { label: both('Wie waren erbij?', 'Who was there?') },
			},
			documents: { announcement: both('Aankondigingsbrief', 'Announcement letter') },
		},
		guestClass: {
			title: both('Gastklas', 'Guest class'),
			why: both(
				'Even in een andere groep werken. Het contact met de eigen leerkracht blijft.',
				'Work in another group for a while. Contact with the own teacher stays.',
			),
			fields: { how: { label: both('Waar, hoe lang, met welk werk?', 'Where, how long, with which work?') } },
		},
		welcomeBack: { title: both('Welkom terug in de groep', 'Welcome back in the group') },
		phoneRound: {
			title: both('Telefoonronde', 'Phone round'),
			why: both(
				'Bel kort na elkaar mensen om het kind heen: we zien je, en we staan er samen.',
				'Call people around the child shortly after each other: we see you, and we stand together.',
			),
			fields: { called: { label: both('Wie is gebeld?', 'Who was called?') } },
		},
		sitIn: {
			title: both('Sit-in', 'Sit-in'),
			why: both(
				'Rustig samen zitten tot er een voorstel komt. Hooguit een half uur.',
				'Sit together calmly until there is a proposal. Half an hour at most.',
			),
			fields: { proposal: { label: both('Welk voorstel kwam er?', 'Which proposal came?') } },
			checks: {
				prepared: both('Samen voorbereid', 'Prepared together'),
				noDiscussion: both('Geen discussie', 'No discussion'),
				thanked: both('Bedankt voor het voorstel', 'Thanked for the proposal'),
			},
		},
		sitInBack: { title: both('Terugkomen op de sit-in', 'Come back to the sit-in') },
		networkTalk: {
			title: both('Gesprek met het netwerk', 'Network talk'),
			fields: {
				there: { label: both('Wie waren erbij?', 'Who was there?') },
				agreed: { label: both('Wie doet wat, en voor wanneer?', 'Who does what, and by when?') },
			},
		},
		otherNetwork: { title: both('Andere actie met het netwerk', 'Other network action'), fields: WHAT },
		homeSchool: {
			title: both('Thuis-school', 'Home-school'),
			why: both('Begin daarvoor een eigen aanpak "Thuis-school".', 'Start a case "Home-school" of its own for it.'),
			checks: { ownCase: both('De aanpak is begonnen', 'The case has begun') },
		},
		evaluate: {
			title: both('Is het genoeg?', 'Is it enough?'),
			why: both(
				'Elke vier weken: wat helpt, en wat doen we hierna?',
				'Every four weeks: what helps, and what do we do next?',
			),
			fields: { helps: { label: both('Wat helpt?', 'What helps?') } },
			checks: {
				inTeam: both('Besproken in het team', 'Discussed in the team'),
				withParents: both('Besproken met de ouders', 'Discussed with the parents'),
			},
			outcomes: { stopped: STOPPED, goOn: both('We gaan door', 'We go on') },
			documents: { caseFile: CASE_FILE },
		},
	},
};
