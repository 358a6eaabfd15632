import type { ProtocolTexts } from '../protocol-texts.ts';
import { both } from './bilingual.ts';
import { CASE_FILE, NOT_STOPPED, STOPPED } from './shared.ts';

const SAID = { said: { label: both('Wat is er gezegd?', 'What was said?') } };
const FACTS_ONLY = both('Alleen de cijfers, geen verwijt', 'Only the figures, no reproach');
const NO_BARGAINING = both('Niet onderhandeld', 'No bargaining');
const BEFORE_HOME = both('Voordat het kind naar huis ging', 'Before the child went home');

export const ROUND_TALKS_TEXTS: ProtocolTexts = {
	title: both('Gesprekken bij de klassenronde', 'Talks of the class round'),
	summary: both(
		'Een gesprek met een leerling die op naam wordt aangesproken, en dezelfde dag contact met de ouders.',
		'A talk with a pupil who is addressed by name, and contact with the parents the same day.',
	),
	consents: {},
	steps: {
		prepare: {
			title: both('Voorbereiden met het team', 'Prepare with the team'),
			fields: { evidence: { label: both('Wat laten de cijfers zien?', 'What do the figures show?') } },
			checks: {
				analysisRead: both('Analyse bekeken', 'Read the analysis'),
				teamAgrees: both('Het team is het eens', 'The team agrees'),
				whoCalls: both('Afgesproken wie de ouders belt', 'Agreed on who calls the parents'),
			},
			outcomes: {
				a1: both('A1: stopt op eigen kracht', 'A1: stops by own strength'),
				a2: both('A2: stopt met hulp', 'A2: stops with help'),
			},
		},
		talkA1: {
			title: both('Gesprek met de leerling (A1)', 'Talk with the pupil (A1)'),
			fields: SAID,
			checks: {
				factsOnly: FACTS_ONLY,
				noBargaining: NO_BARGAINING,
				stopsByItself: both('De leerling zegt zelf hoe het stopt', 'The pupil says how it will stop'),
			},
		},
		callParents: {
			title: both('Ouders bellen, vandaag', 'Call the parents, today'),
			checks: { beforeHome: BEFORE_HOME, whatWasSaid: both('Verteld wat er is besproken', 'Told what was discussed') },
		},
		talk: {
			title: both('Gesprek met de leerling (A2)', 'Talk with the pupil (A2)'),
			fields: SAID,
			checks: {
				factsOnly: FACTS_ONLY,
				noBargaining: NO_BARGAINING,
				helpOffered: both('Hulp aangeboden', 'Offered help'),
			},
		},
		inviteParents: {
			title: both('Ouders uitnodigen, vandaag', 'Invite the parents, today'),
			fields: { invitedFor: { label: both('Uitgenodigd op', 'Invited for') } },
			checks: { beforeHome: BEFORE_HOME },
		},
		parentTalk: {
			title: both('Gesprek met de ouders', 'Talk with the parents'),
			fields: { help: { label: both('Welke hulp, van wie, wanneer?', 'Which help, from whom, when?') } },
		},
		measures: {
			title: both('Maatregelen tot de volgende ronde', 'Measures until the next round'),
			fields: {
				kind: {
					label: both('Wat beperk je?', 'What do you limit?'),
					options: {
						place: both('De plek', 'The place'),
						time: both('De tijd', 'The time'),
						withWhom: both('Met wie', 'With whom'),
					},
				},
				what: { label: both('Wie doet wat, en voor wanneer?', 'Who does what, and by when?') },
				until: { label: both('Geldt tot en met', 'Holds until') },
			},
			checks: {
				fromData: both('Volgt uit de cijfers', 'Follows from the figures'),
				timeLimit: both('Heeft een einddatum', 'Has an end date'),
			},
		},
		nextRound: {
			title: both('Volgende ronde: is het gestopt?', 'Next round: has it stopped?'),
			fields: { figures: { label: both('Wat laten de cijfers nu zien?', 'What do the figures show now?') } },
			checks: {
				figuresCompared: both('Cijfers vergeleken met de vorige ronde', 'Compared the figures with the round before'),
				compliment: both('Compliment gegeven als het stopte', 'Gave a compliment if it stopped'),
				measuresReviewed: both('Maatregelen opnieuw bekeken', 'Looked at the measures again'),
			},
			outcomes: { stopped: STOPPED, notStopped: NOT_STOPPED },
			documents: { caseFile: CASE_FILE },
		},
	},
};
