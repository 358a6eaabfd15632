import type { Bilingual } from '../protocol-texts.ts';
import { both } from './bilingual.ts';

/** A conversation guide (MEL-09): what to begin with, what to ask, how to end. Nobody has to follow it word for word. */
export interface ConversationGuide {
	readonly title: Bilingual;
	readonly parts: readonly { readonly title: Bilingual; readonly lines: readonly Bilingual[] }[];
}

const BEGIN = both('Begin', 'Begin');
const ASK = both('Vraag', 'Ask');
const END = both('Sluit af', 'End');

export const GUIDES: Readonly<Record<string, ConversationGuide>> = {
	victim: {
		title: both('Gesprek met het slachtoffer', 'Talk with the victim'),
		parts: [
			{
				title: BEGIN,
				lines: [
					both('Kies een rustige plek en een moment zonder haast.', 'Choose a quiet place and a moment without hurry.'),
					both(
						'Zeg dat het goed is dat je het weet, en dat dit niet aan het kind ligt.',
						'Say that it is good that you know, and that it is not the child’s fault.',
					),
					both(
						'Beloof geen geheim. Beloof wel dat je niets doet zonder het eerst te bespreken.',
						'Do not promise a secret. Do promise to do nothing without talking it over first.',
					),
				],
			},
			{
				title: ASK,
				lines: [
					both('Wat gebeurt er? Waar en wanneer? Hoe vaak?', 'What happens? Where and when? How often?'),
					both('Wie doen er mee? Wie helpt jou wel eens?', 'Who takes part? Who helps you at times?'),
					both('Wat doe je dan zelf? Wat voel je?', 'What do you do then? What do you feel?'),
					both('Wat moet er veranderen? Wat wil je juist niet?', 'What has to change? What do you not want?'),
					both('Met wie mag ik dit bespreken?', 'Whom may I talk to about this?'),
				],
			},
			{
				title: END,
				lines: [
					both('Vertel wat je nu gaat doen, en wat nog niet.', 'Say what you will do now, and what not yet.'),
					both('Spreek af wanneer jullie weer praten.', 'Agree when you will talk again.'),
				],
			},
		],
	},
	instigator: {
		title: both('Gesprek met wie te ver ging', 'Talk with who went too far'),
		parts: [
			{
				title: BEGIN,
				lines: [
					both('Praat alleen met dit kind, niet in de groep.', 'Talk with this child alone, not in the group.'),
					both(
						'Noem wat er gebeurde, zonder etiket: het gaat om gedrag.',
						'Name what happened, without a label: it is about behaviour.',
					),
					both('Zeg niet wie het vertelde.', 'Do not say who told.'),
				],
			},
			{
				title: ASK,
				lines: [
					both('Wat gebeurde er volgens jou?', 'What happened, as you see it?'),
					both('Wat wilde je ermee bereiken?', 'What did you want from it?'),
					both('Hoe was dat voor de ander, denk je?', 'How was that for the other child, do you think?'),
					both('Wat kun je de volgende keer anders doen?', 'What can you do differently next time?'),
					both('Wat heb je daarbij nodig?', 'What do you need for that?'),
				],
			},
			{
				title: END,
				lines: [
					both(
						'Zeg duidelijk dat het moet stoppen, en dat je het volgt.',
						'Say clearly that it must stop, and that you follow it.',
					),
					both(
						'Spreek één ding af dat het kind gaat doen, en wanneer je ernaar vraagt.',
						'Agree on one thing the child will do, and when you will ask about it.',
					),
				],
			},
		],
	},
	parents: {
		title: both('Gesprek met ouders', 'Talk with parents'),
		parts: [
			{
				title: BEGIN,
				lines: [
					both(
						'Bel of nodig uit vóór het kind thuis is, als dat kan.',
						'Call or invite them before the child is home, if you can.',
					),
					both(
						'Vertel wat je zag en wat je deed. Noem geen andere kinderen.',
						'Tell what you saw and what you did. Name no other children.',
					),
				],
			},
			{
				title: ASK,
				lines: [
					both('Wat merkt u thuis?', 'What do you notice at home?'),
					both('Wat helpt uw kind als het moeilijk is?', 'What helps your child when it is hard?'),
					both(
						'Wat verwacht u van ons, en wat kunt u zelf doen?',
						'What do you expect of us, and what can you do yourself?',
					),
				],
			},
			{
				title: END,
				lines: [
					both(
						'Vat samen wat school doet en wat thuis gebeurt.',
						'Sum up what the school does and what happens at home.',
					),
					both(
						'Spreek af wanneer u elkaar weer spreekt, ook als het goed gaat.',
						'Agree when you speak again, also when it goes well.',
					),
				],
			},
		],
	},
	restorative: {
		title: both('Herstelgesprek', 'Restorative talk'),
		parts: [
			{
				title: BEGIN,
				lines: [
					both(
						'Alleen als het slachtoffer het wil. Vraag het vlak ervoor nog eens.',
						'Only if the victim wants it. Ask again just before.',
					),
					both(
						'Ieder praat over zichzelf, en laat de ander uitpraten.',
						'Each speaks for themselves, and lets the other finish.',
					),
				],
			},
			{
				title: both('Vraag wie te ver ging', 'Ask who went too far'),
				lines: [
					both('Wat gebeurde er? Wat dacht je toen?', 'What happened? What did you think then?'),
					both('Wie heeft er last van gehad, en hoe?', 'Who was harmed by it, and how?'),
					both('Wat kun je doen om het goed te maken?', 'What can you do to make it right?'),
				],
			},
			{
				title: both('Vraag wie het overkwam', 'Ask whom it happened to'),
				lines: [
					both('Wat gebeurde er? Wat ging er door je heen?', 'What happened? What went through you?'),
					both('Wat was het ergste? Hoe gaat het nu?', 'What was the worst? How is it now?'),
					both('Wat heb je nodig om verder te kunnen?', 'What do you need to go on?'),
				],
			},
			{
				title: END,
				lines: [
					both(
						'Schrijf op wat er is afgesproken. Allebei zeggen of het klopt.',
						'Write down what was agreed. Both say whether it is right.',
					),
					both('Spreek af wanneer je kijkt of het lukt.', 'Agree when you will see whether it works.'),
				],
			},
		],
	},
	supportGroup: {
		title: both('Steungroep', 'Support group'),
		parts: [
			{
				title: BEGIN,
				lines: [
					both(
						'Praat eerst met het slachtoffer, en vraag of het dit wil.',
						'Talk with the victim first, and ask whether this is wanted.',
					),
					both(
						'Kies samen vijf tot acht kinderen: wie te ver ging, wie meedeed, en wie helpt.',
						'Choose five to eight children together: who went too far, who joined in, and who helps.',
					),
				],
			},
			{
				title: both('In de groep', 'In the group'),
				lines: [
					both(
						'Vertel hoe het met het kind gaat. Zeg niet wie iets deed.',
						'Tell how the child is. Do not say who did anything.',
					),
					both('Niemand krijgt straf. Samen kunnen jullie helpen.', 'Nobody is punished. Together you can help.'),
					both('Vraag ieder: wat kun jij deze week doen?', 'Ask each: what can you do this week?'),
					both('Laat het aan de groep, en bedank ze.', 'Leave it to the group, and thank them.'),
				],
			},
			{
				title: END,
				lines: [
					both(
						'Spreek na een week ieder apart, ook het slachtoffer.',
						'After a week speak to each one alone, the victim too.',
					),
					both('Gaat het beter? Zeg wat je zag, en bedank.', 'Is it better? Say what you saw, and thank them.'),
				],
			},
		],
	},
};
