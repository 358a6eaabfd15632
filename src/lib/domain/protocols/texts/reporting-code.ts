import type { ProtocolTexts } from '../protocol-texts.ts';
import { both } from './bilingual.ts';

export const REPORTING_CODE_TEXTS: ProtocolTexts = {
	title: both('Meldcode', 'Reporting code'),
	summary: both(
		'Vijf stappen bij zorgen over geweld of verwaarlozing thuis. Alleen wie eraan werkt kan het lezen.',
		'Five steps when you worry about violence or neglect at home. Only who works on it can read it.',
	),
	consents: {},
	steps: {
		signals: {
			title: both('Signalen op een rij', 'Map the signals'),
			why: both(
				'Schrijf op wat je zag en hoorde. Feiten, geen oordeel.',
				'Write down what you saw and heard. Facts, no judgement.',
			),
			fields: { facts: { label: both('Wat zag of hoorde je?', 'What did you see or hear?') } },
			checks: {
				factsOnly: both('Alleen feiten', 'Facts only'),
				alsoAgainst: both('Ook wat de zorg kleiner maakt', 'Also what makes the worry smaller'),
				confidantKnows: both('De vertrouwenspersoon weet het', 'The confidant knows'),
			},
		},
		consult: {
			title: both('Overleggen', 'Consult'),
			fields: {
				with: { label: both('Met wie?', 'With whom?') },
				advice: { label: both('Welk advies?', 'Which advice?') },
			},
			checks: {
				expertAsked: both('Een deskundige collega gevraagd', 'Asked an expert colleague'),
				veiligThuisAsked: both('Zo nodig Veilig Thuis gevraagd', 'Asked Veilig Thuis if needed'),
				specialForms: both(
					'Bij eerkwesties of dwang: direct Veilig Thuis',
					'For honour or force: Veilig Thuis at once',
				),
			},
		},
		talk: {
			title: both('Praten met ouders en kind', 'Talk with parents and child'),
			why: both(
				'Zo snel als het kan. Alleen als dat niet veilig is sla je het over: schrijf dan op waarom.',
				'As soon as possible. Only if that is not safe you leave it out: then write down why.',
			),
			fields: { said: { label: both('Wat is er gezegd?', 'What was said?') } },
			checks: {
				withParents: both('Met de ouders', 'With the parents'),
				withChild: both('Met het kind', 'With the child'),
				safeToTalk: both('Het was veilig om te praten', 'It was safe to talk'),
			},
		},
		weigh: {
			title: both('Wegen', 'Weigh'),
			fields: { why: { label: both('Waarom denk je dat?', 'Why do you think so?') } },
			checks: {
				natureAndGravity: both('Gekeken hoe ernstig het is', 'Looked at how serious it is'),
				veiligThuisInDoubt: both('Bij twijfel Veilig Thuis gevraagd', 'Asked Veilig Thuis when in doubt'),
			},
			outcomes: {
				noConcern: both('Geen zorg meer', 'No worry any more'),
				concern: both('Er is zorg', 'There is a worry'),
				unsafe: both('Acuut of steeds onveilig', 'Unsafe now or all the time'),
			},
		},
		decide: {
			title: both('Beslissen', 'Decide'),
			fields: { help: { label: both('Welke hulp, van wie, wanneer?', 'Which help, from whom, when?') } },
			outcomes: {
				helpOurselves: both('Hulp bieden of regelen', 'Offer or arrange help'),
				report: both('Melden bij Veilig Thuis', 'Report to Veilig Thuis'),
			},
		},
		report: {
			title: both('Melden bij Veilig Thuis', 'Report to Veilig Thuis'),
			why: both('Vandaag nog. Je mag melden zonder toestemming.', 'Today. You may report without consent.'),
			fields: {
				reportedOn: { label: both('Gemeld op', 'Reported on') },
				agreed: { label: both('Wat is afgesproken?', 'What was agreed?') },
			},
			checks: {
				parentsToldOrWhyNot: both(
					'De ouders weten het, of er staat waarom niet',
					'The parents know, or it says why not',
				),
				principalKnows: both('De directeur weet het', 'The principal knows'),
			},
		},
		follow: {
			title: both('Blijven volgen', 'Keep following'),
			fields: { how: { label: both('Hoe gaat het nu met het kind?', 'How is the child now?') } },
			outcomes: {
				safe: both('Het kind is veilig', 'The child is safe'),
				notSafe: both('Nog niet veilig: opnieuw', 'Not safe yet: again'),
			},
		},
	},
};
