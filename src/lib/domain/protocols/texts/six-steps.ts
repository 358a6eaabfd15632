import type { ProtocolTexts } from '../protocol-texts.ts';
import { both } from './bilingual.ts';
import {
	BOTH_FILES,
	CASE_FILE,
	LATE_LOOK_BACK,
	NOT_STOPPED,
	REGISTERED,
	STOPPED,
	TOLD_WHAT_FOLLOWS,
	VICTIM_ASKED,
} from './shared.ts';

const SEEN = { seen: { label: both('Wat zie je?', 'What do you see?') } };
const EVIDENCE_KEPT = both('Berichten en beelden bewaard', 'Messages and pictures kept');
const IN_FILE = both('In het leerlingdossier gezet', 'Put in the file');

export const SIX_STEPS_TEXTS: ProtocolTexts = {
	title: both('Zes stappen', 'Six steps'),
	summary: both(
		'Afspraken met vaste termijnen: vier weken volgen, en als het doorgaat twee keer twee weken, met de ouders van beide kanten.',
		'Agreements with fixed terms: followed for four weeks, and if it goes on twice two weeks, with the parents of both sides.',
	),
	consents: {
		mediation: both('Wil het slachtoffer een gesprek met de ander?', 'Does the victim want a talk with the other?'),
		groupTalk: both('Mag het met de groep besproken worden?', 'May it be discussed with the group?'),
	},
	steps: {
		gather: {
			title: both('Informatie verzamelen', 'Gather information'),
			why: both(
				'Neem elk signaal serieus en zoek uit wat er speelt.',
				'Take every signal seriously and find out what goes on.',
			),
			fields: {
				behaviour: { label: both('Wat gebeurt er?', 'What happens?') },
				since: { label: both('Sinds wanneer?', 'Since when?') },
				digital: { label: both('Gebeurt het ook online?', 'Does it happen online too?') },
			},
			checks: {
				colleagues: both("Collega's gevraagd", 'Asked colleagues'),
				coordinator: both('Overlegd met de coördinator', 'Consulted the coordinator'),
				evidenceKept: EVIDENCE_KEPT,
			},
		},
		talkVictim: {
			title: both('Gesprek met het slachtoffer', 'Talk with the victim'),
			checks: { toldWhatFollows: both('Verteld welke stappen er zijn', 'Told which steps there are') },
		},
		talkInstigator: {
			title: both('Gesprek met wie het deed', 'Talk with who did it'),
			why: both(
				'Benoem het gedrag, waarschuw en spreek af wat er beter gaat, en wanneer.',
				'Name the behaviour, warn, and agree on what will be better, and by when.',
			),
			fields: { agreed: { label: both('Wat is afgesproken?', 'What was agreed?') } },
			checks: {
				warned: both('Gewaarschuwd', 'Warned'),
				betterBehaviour: both('Gezegd welk gedrag wel goed is', 'Said which behaviour is right'),
				toldWhatFollows: TOLD_WHAT_FOLLOWS,
			},
			documents: { nonContract: both('Non-contract', 'Non-contract') },
		},
		mediation: {
			title: both('Herstelgesprek', 'Restorative talk'),
			why: both('Alleen als het slachtoffer het wil.', 'Only if the victim wants it.'),
			fields: { agreed: { label: both('Wat is hersteld of afgesproken?', 'What was repaired or agreed?') } },
		},
		groupTalk: {
			title: both('Gesprek met een groep', 'Talk with a group'),
			why: both('Alleen als het slachtoffer het goed vindt.', 'Only if the victim agrees.'),
			fields: {
				with: {
					label: both('Met wie?', 'With whom?'),
					options: {
						supportGroup: both('Een steungroep', 'A support group'),
						wholeGroup: both('De hele groep', 'The whole group'),
					},
				},
			},
		},
		agreements: {
			title: both('Afspraken op papier', 'Agreements in writing'),
			fields: {
				agreed: { label: both('Wie doet wat, en voor wanneer?', 'Who does what, and by when?') },
				followedBy: { label: both('Wie volgt of het lukt?', 'Who follows whether it works?') },
			},
			documents: { agreements: both('Afspraken', 'Agreements') },
		},
		informHead: { title: both('Afdelingshoofd inlichten', 'Inform the head of department') },
		parentsVictim: { title: both('Ouders van het slachtoffer inlichten', "Inform the victim's parents") },
		parentsInstigator: { title: both('Ouders van wie het deed inlichten', 'Inform the parents of who did it') },
		twoWeeks: {
			title: both('Na twee weken kijken', 'Look after two weeks'),
			fields: SEEN,
			checks: { victimAsked: VICTIM_ASKED, registered: REGISTERED },
			outcomes: { goesWell: both('Het gaat goed', 'It goes well'), notStopped: NOT_STOPPED },
		},
		compliance: {
			title: both('Vier weken volgen', 'Follow for four weeks'),
			why: both(
				'Na vier weken kijk je of de afspraken zijn gehouden.',
				'After four weeks you see whether the agreements were kept.',
			),
			fields: SEEN,
			checks: {
				victimAsked: VICTIM_ASKED,
				instigatorsAsked: both('Gesproken met wie het deed', 'Spoke with who did it'),
				registered: REGISTERED,
				bothFiles: BOTH_FILES,
			},
			outcomes: { stopped: STOPPED, notStopped: NOT_STOPPED },
			documents: { caseFile: CASE_FILE },
		},
		secondTalk: {
			title: both('Tweede gesprek, met ouders', 'Second talk, with parents'),
			why: both('Er zijn nog twee weken om het anders te doen.', 'There are two more weeks to do it differently.'),
			fields: { agreed: { label: both('Wie doet wat, en voor wanneer?', 'Who does what, and by when?') } },
			checks: {
				parentsThere: both('De ouders waren erbij', 'The parents were there'),
				twoMoreWeeks: both('Nog twee weken afgesproken', 'Two more weeks agreed'),
				toldWhatFollows: TOLD_WHAT_FOLLOWS,
			},
		},
		guidance: {
			title: both('Begeleiding', 'Guidance'),
			fields: { what: { label: both('Welke hulp, en van wie?', 'Which help, and from whom?') } },
		},
		sanction: {
			title: both('Maatregel op school', 'Measure at school'),
			fields: {
				what: {
					label: both('Welke maatregel?', 'Which measure?'),
					options: {
						afterSchool: both('Nablijven', 'Staying after school'),
						privileges: both('Iets niet meer mogen', 'Losing a privilege'),
						inSchool: both('Tijdelijk niet meedoen op school', 'Not taking part at school for a while'),
						other: both('Iets anders', 'Something else'),
					},
				},
			},
			checks: { neverAlone: both('Samen met de aanpak in de groep', 'Together with what is done in the group') },
		},
		police: {
			title: both('Politie inlichten', 'Inform the police'),
			why: both(
				'Bij een strafbaar feit, zoals mishandeling of bedreiging.',
				'For an offence, such as assault or threats.',
			),
			fields: {
				offence: { label: both('Om welk feit gaat het?', 'Which offence is it about?') },
				reportedOn: { label: both('Gemeld op', 'Reported on') },
			},
			checks: { parentsKnow: both('De ouders weten het', 'The parents know'), evidenceKept: EVIDENCE_KEPT },
		},
		secondCheck: {
			title: both('Na weer twee weken kijken', 'Look after two more weeks'),
			fields: SEEN,
			checks: { victimAsked: VICTIM_ASKED, registered: REGISTERED },
			outcomes: { stopped: STOPPED, notStopped: NOT_STOPPED },
			documents: { caseFile: CASE_FILE },
		},
		suspension: {
			title: both('Schorsing, met hulp', 'Suspension, with help'),
			fields: {
				days: { label: both('Welke dagen?', 'Which days?') },
				help: { label: both('Welke hulp?', 'Which help?') },
			},
			checks: {
				parentsTold: both('De ouders weten het', 'The parents know'),
				helpArranged: both('Hulp geregeld', 'Help arranged'),
				inFile: IN_FILE,
			},
			outcomes: {
				suspended: both('Geschorst, met hulp', 'Suspended, with help'),
				helpOnly: both('Alleen hulp', 'Help only'),
			},
			documents: { suspensionLetter: both('Brief over de schorsing', 'Letter about the suspension') },
		},
		thirdCheck: {
			title: both('Na de schorsing kijken', 'Look after the suspension'),
			fields: SEEN,
			checks: { victimAsked: VICTIM_ASKED, registered: REGISTERED },
			outcomes: { stopped: STOPPED, notStopped: NOT_STOPPED },
			documents: { caseFile: CASE_FILE },
		},
		removal: {
			title: both('Van school verwijderen?', 'Removal from school?'),
			why: both(
				'Alleen als niets meer helpt en anderen niet veilig zijn. De school zoekt een andere school.',
				'Only if nothing helps any more and others are not safe. The school finds another school.',
			),
			fields: { why: { label: both('Waarom?', 'Why?') } },
			checks: {
				removalProtocol: both(
					'Volgens het protocol schorsen en verwijderen',
					'By the protocol for suspension and removal',
				),
				parentsHeard: both('De ouders zijn gehoord', 'The parents were heard'),
				otherSchool: both('Er is een andere school', 'There is another school'),
				inFile: IN_FILE,
			},
			outcomes: {
				removed: both('De leerling gaat naar een andere school', 'The pupil goes to another school'),
				stays: both('De leerling blijft: opnieuw in gesprek', 'The pupil stays: talk again'),
			},
			documents: { caseFile: CASE_FILE },
		},
		lookBackLate: LATE_LOOK_BACK,
	},
};
