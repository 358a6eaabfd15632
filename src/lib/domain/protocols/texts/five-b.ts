import type { ProtocolTexts } from '../protocol-texts.ts';
import { both } from './bilingual.ts';
import { CASE_FILE, LATE_LOOK_BACK, PLAN_LEVELS, STOPPED, STOPPED_FIELD } from './shared.ts';

export const FIVE_B_TEXTS: ProtocolTexts = {
	title: both("De vijf B's", "The five B's"),
	summary: both(
		'Bekijken, begrijpen, beslissen, bijsturen, beoordelen. Stopt het niet, dan begin je opnieuw, met wat je leerde.',
		'See, understand, decide, adjust, judge. If it does not stop you start again, with what you learned.',
	),
	consents: { plan: both('Is het kind het eens met het plan?', 'Does the child agree with the plan?') },
	steps: {
		bekijken: {
			title: both('Bekijken', 'See'),
			why: both(
				'Kijk open wat er speelt. Je hoeft nog niet te weten hoe het precies zat.',
				'Look openly at what goes on. You need not know yet exactly what happened.',
			),
			fields: {
				behaviour: { label: both('Welk gedrag zie je?', 'Which behaviour do you see?') },
				maybeBullying: {
					label: both('Kan dit pesten zijn?', 'Could this be bullying?'),
					options: {
						probably: both('Waarschijnlijk wel', 'Probably'),
						unclear: both('Nog niet duidelijk', 'Not clear yet'),
						probablyNot: both('Waarschijnlijk niet', 'Probably not'),
					},
				},
				involved: { label: both('Wie doen er mee, en wie kijken toe?', 'Who takes part, and who looks on?') },
			},
			checks: {
				talkWithPupil: both('Gepraat met het kind om wie het gaat', 'Talked with the child it is about'),
				monitorData: both('Gekeken wat Pleinwacht laat zien', 'Looked at what Pleinwacht shows'),
				observations: both('Zelf gekeken: les, pauze, gym', 'Watched: lesson, break, gym'),
				colleagues: both("Collega's gevraagd", 'Asked colleagues'),
			},
		},
		begrijpen: {
			title: both('Begrijpen', 'Understand'),
			why: both(
				'Gedrag levert iets op. Als je weet wat, kun je het op een goede manier geven.',
				'Behaviour yields something. When you know what, you can offer it in a good way.',
			),
			fields: {
				need: {
					label: both('Wat heeft het kind nodig dat dit doet?', 'What does the child need who does this?'),
					options: {
						belong: both('Erbij horen', 'To belong'),
						popular: both('Populair zijn', 'To be popular'),
						seenAndHeard: both('Gezien en gehoord worden', 'To be seen and heard'),
						safe: both('Zich veilig voelen', 'To feel safe'),
						other: both('Iets anders', 'Something else'),
					},
				},
				yields: { label: both('Wat levert het gedrag op?', 'What does the behaviour yield?') },
				rewardedBy: {
					label: both('Wie of wat beloont het?', 'Who or what rewards it?'),
					options: {
						laughing: both('Anderen lachen', 'Others laugh'),
						following: both('Anderen doen mee', 'Others join in'),
						silence: both('Anderen zwijgen', 'Others keep silent'),
						adults: both('Volwassenen, zonder het te willen', 'Adults, without meaning to'),
						nobody: both('Niemand', 'Nobody'),
					},
				},
				norm: { label: both('Wat telt in deze groep?', 'What counts in this group?') },
				relations: { label: both('Wie is met wie? Wie staat alleen?', 'Who is with whom? Who stands alone?') },
				goodAt: { label: both('Waar is wie het deed goed in?', 'What is who did it good at?') },
				talents: {
					label: both(
						'Welk talent van het slachtoffer ziet de groep nog niet?',
						'Which talent of the victim does the group not see yet?',
					),
				},
			},
			checks: {
				observations: both('Gekeken wat de groep stoer vindt', 'Watched what the group finds cool'),
				classTalks: both(
					'Met de groep gepraat over wat zij belangrijk vinden',
					'Talked with the group about what matters to them',
				),
				sociogram: both('Vriendschappen in beeld gebracht', 'Mapped friendships'),
				colleagues: both("Besproken met collega's", 'Discussed with colleagues'),
				coordinator: both('De coördinator gevraagd mee te denken', 'Asked the coordinator to think along'),
			},
		},
		beslissen: {
			title: both('Beslissen', 'Decide'),
			why: both(
				'Maak samen met het kind en de ouders een plan. Doe niets zonder het kind.',
				'Make a plan together with the child and the parents. Do nothing without the child.',
			),
			fields: {
				duration: {
					label: both('Hoe lang speelt het?', 'How long has it been going on?'),
					options: { recent: both('Kort', 'Recent'), longRunning: both('Al lang', 'Long') },
				},
				gravity: {
					label: both('Hoe erg is het?', 'How serious is it?'),
					options: {
						less: both('Minder ernstig', 'Less serious'),
						heavy: both('Ver over de grens', 'Far over the line'),
					},
				},
				standing: {
					label: both('Hoeveel steun heeft wie het deed?', 'How much support has who did it?'),
					options: { little: both('Weinig', 'Little'), much: both('Veel steun of aanzien', 'Much support or status') },
				},
				trustInGroup: {
					label: both('Hoe staat het slachtoffer in de groep?', 'How does the victim stand in the group?'),
					options: {
						high: both('De groep is te vertrouwen', 'The group can be trusted'),
						alone: both('Staat er alleen voor', 'Stands alone'),
					},
				},
				approach: {
					label: both('Welke aanpak kies je?', 'Which approach do you choose?'),
					hint: both('De weging helpt; jij kiest.', 'The weighing helps; you choose.'),
					options: {
						nonConfronting: both('Niet-confronterend: met de groep', 'Non-confronting: with the group'),
						confronting: both('Confronterend: het gedrag benoemen', 'Confronting: name the behaviour'),
					},
				},
				goal: { label: both('Wat moet er veranderen?', 'What has to change?') },
				...PLAN_LEVELS,
				trust: {
					label: both('Vertrouwt het kind dit plan?', 'Does the child trust this plan?'),
					options: { yes: both('Ja', 'Yes'), partly: both('Een beetje', 'Partly'), no: both('Nee', 'No') },
				},
			},
			checks: {
				withVictim: both('Samen met het kind gemaakt', 'Made together with the child'),
				withParents: both('Ouders denken mee', 'Parents think along'),
				coordinatorInvolved: both('De coördinator kent het plan', 'The coordinator knows the plan'),
				followUpsSet: both('Momenten gepland om terug te kijken', 'Moments planned to look back'),
			},
			documents: { plan: both('Actieplan', 'Action plan') },
		},
		bijsturen: {
			title: both('Bijsturen', 'Adjust'),
			why: both(
				'Voer het plan uit en hou contact. Schrijf kort op wat je deed en wat je zag.',
				'Carry out the plan and stay in touch. Write down briefly what you did and saw.',
			),
			checks: {
				contactVictim: both('Contact met het slachtoffer', 'In touch with the victim'),
				contactParents: both('Contact met de ouders', 'In touch with the parents'),
				classAgreements: both('Groepsafspraken opnieuw bekeken', 'Group agreements looked at again'),
				colleaguesKnow: both("Collega's weten wat zij doen", 'Colleagues know what they do'),
			},
		},
		lookBackSoon: {
			title: both('Terugkijken met het slachtoffer', 'Look back with the victim'),
			why: both('Na twee weken: merkt het kind verschil?', 'After two weeks: does the child notice a difference?'),
			fields: { stopped: STOPPED_FIELD },
		},
		lookBackInstigators: {
			title: both('Terugkijken met wie het deed', 'Look back with who did it'),
			why: both(
				'Na twee weken: lukt het om je aan de afspraken te houden?',
				'After two weeks: do the agreements work out?',
			),
			fields: { stopped: STOPPED_FIELD },
		},
		lookBackLate: LATE_LOOK_BACK,
		beoordelen: {
			title: both('Beoordelen', 'Judge'),
			why: both(
				'Is het gestopt, en hoe zie je dat? Leg de cijfers van nu naast die van het begin.',
				'Has it stopped, and how can you tell? Put the figures of now beside those of the start.',
			),
			fields: {
				worked: { label: both('Wat heeft gewerkt?', 'What worked?') },
				seenIn: { label: both('Waaraan zie je dat?', 'How can you tell?') },
				learned: { label: both('Wat heb je geleerd?', 'What did you learn?') },
			},
			checks: {
				victimAsked: both('Gevraagd aan het slachtoffer', 'Asked the victim'),
				instigatorsAsked: both('Gesproken met wie het deed', 'Spoke with who did it'),
				figuresCompared: both('Cijfers vergeleken', 'Compared the figures'),
				lateLookBackSet: both('Later nog een moment gepland', 'Planned one more moment later'),
			},
			outcomes: { stopped: STOPPED, notStopped: both('Niet gestopt: opnieuw bekijken', 'Not stopped: see again') },
			documents: { caseFile: CASE_FILE },
		},
	},
};
