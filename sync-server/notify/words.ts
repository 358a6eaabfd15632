import type { Language } from '#domain/accounts/outside.ts';

/** How many of a person's tasks can be done now, and of how many the time has passed. */
export interface TaskCounts {
	readonly now: number;
	readonly overdue: number;
}

interface Words {
	readonly title: (counts: TaskCounts) => string;
	readonly lines: (counts: TaskCounts) => readonly string[];
	readonly greeting: string;
	readonly openList: string;
	readonly why: string;
	readonly stop: string;
	readonly red: { readonly title: string; readonly body: string };
	readonly calendarName: string;
	readonly task: string;
	readonly lateTask: string;
}

const tasks = (count: number) => (count === 1 ? '1 taak' : `${count} taken`);
const tasksEn = (count: number) => (count === 1 ? '1 task' : `${count} tasks`);

/** Everything that is said outside the app. No name, no class, no word of what was told: a lock screen is read by others. */
export const WORDS = {
	nl: {
		title: ({ now, overdue }) => `Pleinwacht: ${tasks(now + overdue)} voor jou`,
		lines: ({ now, overdue }) => [
			...(now > 0 ? [`${tasks(now)} voor deze dagen`] : []),
			...(overdue > 0 ? [`${tasks(overdue)} van eerder`] : []),
		],
		greeting: 'Goedemorgen,',
		openList: 'Je lijst staat hier:',
		why: 'Je krijgt dit hooguit één keer per schooldag, en alleen als er iets nieuws is. Namen staan er nooit in.',
		stop: 'Liever niet meer? Zet het uit bij Instellingen:',
		red: { title: 'Pleinwacht: een melding in het rode mandje', body: 'Kijk zo snel als je kunt.' },
		calendarName: 'Pleinwacht: jouw taken',
		task: 'Pleinwacht: een taak',
		lateTask: 'Pleinwacht: een taak van eerder',
	},
	en: {
		title: ({ now, overdue }) => `Pleinwacht: ${tasksEn(now + overdue)} for you`,
		lines: ({ now, overdue }) => [
			...(now > 0 ? [`${tasksEn(now)} for these days`] : []),
			...(overdue > 0 ? [`${tasksEn(overdue)} from before`] : []),
		],
		greeting: 'Good morning,',
		openList: 'Your list is here:',
		why: 'You get this once a school day at most, and only when something is new. There are never names in it.',
		stop: 'Rather not? Switch it off in Settings:',
		red: { title: 'Pleinwacht: an observation in the red basket', body: 'Look as soon as you can.' },
		calendarName: 'Pleinwacht: your tasks',
		task: 'Pleinwacht: a task',
		lateTask: 'Pleinwacht: a task from before',
	},
} as const satisfies Record<Language, Words>;
