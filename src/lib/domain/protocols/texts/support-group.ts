import type { ProtocolTexts } from '../protocol-texts.ts';
import { both } from './bilingual.ts';
import { CASE_FILE, LATE_LOOK_BACK, STOPPED } from './shared.ts';

const BETTER = both('Wat gaat er beter?', 'What goes better?');
const THANKED = both('Bedankt voor de hulp', 'Thanked for the help');

export const SUPPORT_GROUP_TEXTS: ProtocolTexts = {
	title: both('Steungroep', 'Support group'),
	summary: both(
		'Een groepje kinderen helpt om het voor één kind weer fijn te maken. Niemand krijgt straf of de schuld.',
		'A small group of children helps to make things good again for one child. Nobody is punished or blamed.',
	),
	consents: { helpWanted: both('Wil het kind deze hulp?', 'Does the child want this help?') },
	steps: {
		prepare: {
			title: both('Voorbereiden', 'Prepare'),
			why: both(
				'Kies hoe je terugkijkt met de helpers: ieder alleen, of samen.',
				'Choose how to look back with the helpers: each alone, or together.',
			),
			checks: {
				everybodyKnows: both('Alle betrokkenen kennen de aanpak', 'Everybody involved knows the approach'),
				parentsAgree: both('De ouders weten het', 'The parents know'),
			},
			outcomes: {
				eachAlone: both('Ieder alleen', 'Each alone'),
				together: both('Samen, in de groep', 'Together, in the group'),
			},
		},
		talkVictim: {
			title: both('Gesprek met het slachtoffer', 'Talk with the victim'),
			fields: {
				whatHappens: { label: both('Wat gebeurt er, en wanneer?', 'What happens, and when?') },
				whoCouldHelp: { label: both('Wie zou kunnen helpen?', 'Who could help?') },
				mayBeTold: { label: both('Wat mag de groep weten?', 'What may the group know?') },
			},
			checks: {
				nobodyPunished: both('Verteld dat niemand straf krijgt', 'Told that nobody is punished'),
				watchKindness: both('Gevraagd om op te letten wie aardig doet', 'Asked to notice who is kind'),
				letterOrDrawing: both('Een brief of tekening aangeboden', 'Offered a letter or drawing'),
			},
		},
		firstWeek: {
			title: both('Na een week: wat viel op?', 'After a week: what stood out?'),
			fields: { noticed: { label: both('Wat merkte het kind?', 'What did the child notice?') } },
		},
		formGroup: {
			title: both('De steungroep kiezen', 'Choose the support group'),
			why: both(
				'Vijf tot acht kinderen. Ongeveer de helft doet nu mee met wat er gebeurt, de andere helft kan helpen.',
				'Five to eight children. About half take part in what happens now, the other half can help.',
			),
			fields: { members: { label: both('Wie zitten in de steungroep?', 'Who is in the support group?') } },
			checks: {
				withVictim: both('Samen met het slachtoffer gekozen', 'Chosen together with the victim'),
				halfInvolved: both('De helft leidt of loopt mee', 'Half of them lead or follow'),
				helpers: both('De andere helft kan helpen', 'The other half can help'),
			},
		},
		meeting: {
			title: both('Bijeenkomst met de steungroep', 'Meeting with the support group'),
			fields: { ideas: { label: both('Wat gaat ieder doen?', 'What will each do?') } },
			checks: {
				withoutVictim: both('Zonder het slachtoffer', 'Without the victim'),
				noBlame: both('Niemand krijgt de schuld', 'Nobody is blamed'),
				problem: both('Verteld hoe het kind zich voelt', 'Told how the child feels'),
				responsibility: both('Samen verantwoordelijk', 'Responsible together'),
				ideas: both('Ideeën komen van de kinderen zelf', 'Ideas come from the children'),
				confidence: both('Vertrouwen uitgesproken', 'Said that you trust them'),
				appointment: both('Afgesproken dat je terugkomt', 'Agreed that you will come back'),
			},
		},
		reviewVictim: {
			title: both('Terugkijken met het slachtoffer', 'Look back with the victim'),
			fields: { better: { label: BETTER }, needed: { label: both('Wat is er nog nodig?', 'What is still needed?') } },
		},
		reviewMembers: {
			title: both('Terugkijken met elke helper', 'Look back with each helper'),
			why: both(
				'Vijf tot tien minuten, ieder alleen. Bedank voor elke hulp.',
				'Five to ten minutes, each alone. Thank for every help.',
			),
			fields: { seen: { label: both('Wat heeft de helper gezien?', 'What did the helper see?') } },
			checks: { thanked: THANKED },
		},
		weekVictim: {
			title: both('Na een week met het slachtoffer praten', 'Talk with the victim after a week'),
			fields: { better: { label: BETTER } },
		},
		groupReview: {
			title: both('Na twee weken met de groep praten', 'Talk with the group after two weeks'),
			fields: {
				done: { label: both('Wat hebben ze gedaan?', 'What did they do?') },
				tips: { label: both('Tips voor het kind', 'Tips for the child') },
			},
			checks: { thanked: THANKED },
		},
		judge: {
			title: both('Is het genoeg?', 'Is it enough?'),
			why: both('Hooguit vijf rondes.', 'At most five rounds.'),
			fields: { learned: { label: both('Wat hielp het meest?', 'What helped most?') } },
			checks: { inFiles: both('In de leerlingdossiers gezet', 'Put in the files') },
			outcomes: {
				stopped: STOPPED,
				notYet: both('Nog niet: nog een ronde', 'Not yet: one more round'),
				notWanted: both('Het kind wil niet verder', 'The child does not want to go on'),
			},
			documents: { caseFile: CASE_FILE },
		},
		lookBackLate: LATE_LOOK_BACK,
	},
};
