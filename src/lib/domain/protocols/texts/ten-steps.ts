import type { ProtocolTexts } from '../protocol-texts.ts';
import { both } from './bilingual.ts';
import { BOTH_FILES, CASE_FILE, LATE_LOOK_BACK, PLAN_LEVELS, STOPPED, TOLD_WHAT_FOLLOWS } from './shared.ts';

export const TEN_STEPS_TEXTS: ProtocolTexts = {
	title: both('Tien stappen', 'Ten steps'),
	summary: both(
		'Eerst praten en kiezen: geen pesten, één keer, of vaker. Daarna een steungroep, en als dat niet genoeg is een plan.',
		'First talk and choose: not bullying, once, or more often. Then a support group, and if that is not enough a plan.',
	),
	consents: {},
	steps: {
		talkVictim: {
			title: both('Gesprek met het slachtoffer', 'Talk with the victim'),
			fields: {
				what: { label: both('Wat gebeurt er?', 'What happens?') },
				howOften: { label: both('Hoe vaak?', 'How often?') },
				digital: { label: both('Gebeurt het ook online?', 'Does it happen online too?') },
			},
			checks: {
				evidenceKept: both('Berichten bewaard', 'Messages kept'),
				blocked: both('Afzender geblokkeerd', 'Sender blocked'),
				reportedOnline: both('Gemeld bij de app of site', 'Reported to the app or site'),
			},
		},
		choice: {
			title: both('Kiezen hoe het verder gaat', 'Choose how to go on'),
			fields: { why: { label: both('Waarom denk je dat?', 'Why do you think so?') } },
			outcomes: {
				notBullying: both('Het is geen pesten', 'It is not bullying'),
				once: both('Het was waarschijnlijk één keer', 'It was probably once'),
				severalTimes: both('Het gebeurt vaker', 'It happens more often'),
			},
		},
		settle: {
			title: both('Samen oplossen', 'Settle it together'),
			outcomes: {
				settled: both('Het is opgelost', 'It is settled'),
				moreGoingOn: both('Er speelt toch meer', 'There is more to it'),
			},
		},
		repairTalk: {
			title: both('Gesprek om het goed te maken', 'Talk to make up'),
			fields: {
				howItStops: { label: both('Hoe komt het dat het niet meer gebeurt?', 'How will it not happen again?') },
			},
			checks: {
				seesConsequence: both('Ziet wat het met de ander deed', 'Sees what it did to the other'),
				excuses: both('Heeft sorry gezegd', 'Has said sorry'),
				bothWatched: both('Je houdt beide kinderen in de gaten', 'You keep an eye on both children'),
			},
		},
		talkAfterTwoWeeks: {
			title: both('Gesprek na twee weken', 'Talk after two weeks'),
			checks: { toldWhatFollows: TOLD_WHAT_FOLLOWS, bothFiles: BOTH_FILES },
			outcomes: { stopped: STOPPED, again: both('Het gebeurde weer', 'It happened again') },
			documents: { caseFile: CASE_FILE },
		},
		informSupportTeacher: { title: both('Intern begeleider inlichten', 'Inform the support teacher') },
		supportGroup: {
			title: both('Steungroep', 'Support group'),
			why: both(
				'Begin daarvoor een eigen aanpak "Steungroep". Hier staat wat eruit kwam.',
				'Start a case "Support group" of its own for it. Here stands what came of it.',
			),
			checks: { ownCase: both('De steungroep is begonnen', 'The support group has begun') },
			outcomes: {
				worked: both('Het hielp: het is gestopt', 'It helped: it has stopped'),
				notEnough: both('Het was niet genoeg', 'It was not enough'),
				triedBefore: both('Is al eerder geprobeerd', 'Was tried before'),
			},
		},
		plan: {
			title: both('Plan van aanpak', 'Plan of action'),
			fields: PLAN_LEVELS,
			checks: {
				talksPlanned: both('Alle gesprekken zijn gepland', 'All talks are planned'),
				shared: both('Gedeeld met alle betrokkenen', 'Shared with everybody involved'),
				signed: both('Door iedereen ondertekend', 'Signed by everybody'),
			},
			documents: { plan: both('Plan van aanpak', 'Plan of action') },
		},
		guidance: {
			title: both('Wie begeleidt wie', 'Who guides whom'),
			fields: {
				victimBy: { label: both('Het slachtoffer wordt begeleid door', 'The victim is guided by') },
				instigatorsBy: { label: both('Wie het deed wordt begeleid door', 'Who did it is guided by') },
				groupBy: { label: both('De groep wordt begeleid door', 'The group is guided by') },
			},
		},
		outsideHelp: {
			title: both('Hulp buiten school', 'Help outside school'),
			checks: {
				adviseInstigator: both('Geadviseerd aan de ouders van wie het deed', 'Advised to the parents of who did it'),
				adviseVictim: both('Besproken met de ouders van het slachtoffer', "Discussed with the victim's parents"),
			},
		},
		talkInstigator: {
			title: both('Gesprek met wie het deed', 'Talk with who did it'),
			checks: {
				responsible: both('Neemt verantwoordelijkheid', 'Takes responsibility'),
				toldWhatFollows: TOLD_WHAT_FOLLOWS,
				parentsTold: both('Samen de ouders verteld', 'Told the parents together'),
			},
		},
		parentsInstigator: {
			title: both('Gesprek met de ouders van wie het deed', 'Talk with the parents of who did it'),
			checks: {
				whatWasDone: both('Verteld wat er al gedaan is', 'Told what was done already'),
				toldWhatFollows: TOLD_WHAT_FOLLOWS,
				sharedResponsibility: both('Afgesproken wat school en thuis doen', 'Agreed on what school and home do'),
			},
		},
		talkRound: {
			title: both('Gesprek met het slachtoffer en de ouders', 'Talk with the victim and the parents'),
			checks: {
				parentsThere: both('De ouders waren erbij', 'The parents were there'),
				measures: both('Maatregelen besproken', 'Measures discussed'),
				toldWhatFollows: both('Verteld wat er nu gebeurt', 'Told what happens now'),
			},
		},
		reflection: {
			title: both('Nadenken en goedmaken', 'Think and make up'),
			fields: {
				insight: { label: both('Wat ziet het kind nu in?', 'What does the child see now?') },
				promise: { label: both('Wat belooft het kind?', 'What does the child promise?') },
				noticed: { label: both('Waaraan merkt de ander dat?', 'How will the other notice?') },
			},
			checks: {
				outsideGroup: both('Even buiten de groep, om na te denken', 'Outside the group for a while, to think'),
				excuses: both('Heeft sorry gezegd', 'Has said sorry'),
			},
		},
		groupDiscussion: { title: both('Bespreken in de groep', 'Discuss in the group') },
		return: {
			title: both('Terug in de groep', 'Back in the group'),
			checks: {
				agreementsKept: both('De afspraken worden gehouden', 'The agreements are kept'),
				planFollowed: both('Het plan wordt gevolgd', 'The plan is followed'),
			},
		},
		closingTalk: {
			title: both('Afrondend gesprek', 'Closing talk'),
			fields: { learned: { label: both('Wat hebben jullie geleerd?', 'What did you learn?') } },
			checks: { everybodyThere: both('Iedereen was erbij', 'Everybody was there'), bothFiles: BOTH_FILES },
			outcomes: {
				stopped: STOPPED,
				again: both('Het begon weer: opnieuw vanaf stap 5', 'It began again: from step 5'),
			},
			documents: { caseFile: CASE_FILE },
		},
		lookBackLate: LATE_LOOK_BACK,
	},
};
