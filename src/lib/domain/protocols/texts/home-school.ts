import type { ProtocolTexts } from '../protocol-texts.ts';
import { both } from './bilingual.ts';
import { CASE_FILE, STOPPED } from './shared.ts';

export const HOME_SCHOOL_TEXTS: ProtocolTexts = {
	title: both('Thuis-school', 'Home-school'),
	summary: both(
		'Een schorsing waarbij je contact houdt: voor, tijdens, terug en daarna.',
		'A suspension in which you stay in touch: before, during, return and after.',
	),
	consents: {},
	steps: {
		before: {
			title: both('Vooraf: duidelijk en verbonden', 'Before: clear and connected'),
			why: both(
				'Zeg welk gedrag niet kan, en dat het kind erbij blijft horen.',
				'Say which behaviour cannot go on, and that the child still belongs.',
			),
			fields: {
				behaviour: { label: both('Welk gedrag kan niet?', 'Which behaviour cannot go on?') },
				from: { label: both('Eerste dag thuis', 'First day at home') },
				until: { label: both('Laatste dag thuis', 'Last day at home') },
			},
			checks: {
				personNotRejected: both('Gezegd dat het kind welkom blijft', 'Said that the child stays welcome'),
				contactStays: both('Afgesproken hoe jullie contact houden', 'Agreed on how you stay in touch'),
				schoolWork: both('Schoolwerk meegegeven', 'Gave school work along'),
				gesture: both('Een relatiegebaar gemaakt', 'Made a relation gesture'),
			},
			documents: { letter: both('Brief aan de ouders', 'Letter to the parents') },
		},
		parentsBefore: {
			title: both('Gesprek met de ouders, vooraf', 'Talk with the parents, before'),
			checks: {
				guidelines: both('Verteld wat thuis helpt', 'Told what helps at home'),
				whoCalls: both('Afgesproken wie wie belt', 'Agreed on who calls whom'),
			},
		},
		contact: {
			title: both('Contact van vandaag', "Today's contact"),
			why: both(
				'Elke schooldag even: we zien je, we zien je terug.',
				'Each school day, briefly: we see you, we will see you back.',
			),
			fields: {
				how: {
					label: both('Hoe?', 'How?'),
					options: {
						call: both('Gebeld', 'Called'),
						message: both('Bericht gestuurd', 'Sent a message'),
						card: both('Kaart gestuurd', 'Sent a card'),
						visit: both('Langs geweest', 'Visited'),
					},
				},
			},
		},
		during: {
			title: both('Tijdens: de terugkeer voorbereiden', 'During: prepare the return'),
			checks: {
				talkPrepared: both('Herstelgesprek voorbereid', 'Restorative talk prepared'),
				groupPrepared: both('De groep is voorbereid', 'The group is prepared'),
				teamKnows: both('Het team weet wat er komt', 'The team knows what comes'),
			},
		},
		restorativeTalk: {
			title: both('Herstelgesprek', 'Restorative talk'),
			fields: { agreed: { label: both('Wie doet wat, en voor wanneer?', 'Who does what, and by when?') } },
			checks: {
				parentsThere: both('De ouders waren erbij', 'The parents were there'),
				repair: both('Er is iets goedgemaakt', 'Something was repaired'),
			},
			documents: { agreements: both('Afspraken bij terugkeer', 'Agreements at the return') },
		},
		solutionRequest: {
			title: both('Oplossingsverzoek', 'Solution request'),
			fields: {
				request: { label: both('Wat vraag je?', 'What do you ask?') },
				ownProposal: { label: both('Wat stelt het kind zelf voor?', 'What does the child propose?') },
			},
		},
		welcome: {
			title: both('Terug: warm ontvangen', 'Return: a warm welcome'),
			checks: {
				warmWelcome: both('Welkom geheten', 'Welcomed'),
				groupPrepared: both('De groep doet mee', 'The group takes part'),
				gesture: both('Een relatiegebaar gemaakt', 'Made a relation gesture'),
			},
		},
		aftercareWeek: {
			title: both('Nazorg na een week', 'Aftercare after a week'),
			fields: { how: { label: both('Hoe gaat het?', 'How is it going?') } },
		},
		aftercare: {
			title: both('Nazorg na een maand', 'Aftercare after a month'),
			fields: { learned: { label: both('Wat hebben jullie geleerd?', 'What did you learn?') } },
			checks: {
				withParents: both('Besproken met de ouders', 'Discussed with the parents'),
				inTeam: both('Besproken in het team', 'Discussed in the team'),
			},
			outcomes: {
				stopped: STOPPED,
				notStopped: both('Het is niet gestopt: opnieuw in gesprek', 'It has not stopped: talk again'),
			},
			documents: { caseFile: CASE_FILE },
		},
	},
};
