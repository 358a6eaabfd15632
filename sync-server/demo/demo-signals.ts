import { idOf } from '#domain/id.ts';
import type { Signal, SignalKind, SignalReview, SignalSource } from '#domain/signals/signal.ts';
import { addDays, type LocalDate } from '#domain/time/local-time.ts';
import { weekdayBefore } from './demo-calendar.ts';
import type { DemoRoster } from './demo-roster.ts';
import { SIGNAL_TEXTS } from './demo-texts.ts';
import type { Dice } from './random.ts';
import { seededUlid } from './seeded-ulid.ts';
import { instantOf, type Told } from './telling.ts';

interface Noted {
	readonly daysAgo: number;
	readonly kinds: readonly SignalKind[];
	readonly from: SignalSource;
	readonly note?: string;
	/** By somebody on the playground; otherwise by the teacher of the group. */
	readonly outside?: true;
}

interface Plot {
	/** The place of the child's group, upwards from the youngest. */
	readonly group: number;
	readonly noted: readonly Noted[];
	/** When the confidant looked; left out, somebody has still to look. */
	readonly reviewedDaysAgo?: number;
}

/** One child the confidant is asked to look at, one that was looked at, and one that was noted about once (DUK-06). */
const PLOTS: readonly Plot[] = [
	{
		group: 6,
		noted: [
			{ daysAgo: 19, kinds: ['alone', 'leftOut'], from: 'seen', outside: true },
			{ daysAgo: 4, kinds: ['notToSchool', 'sad'], from: 'parent', note: SIGNAL_TEXTS.morning },
		],
	},
	{
		group: 11,
		noted: [
			{ daysAgo: 48, kinds: ['withdrawn'], from: 'seen' },
			{ daysAgo: 33, kinds: ['thingsGone'], from: 'pupil', note: SIGNAL_TEXTS.things },
		],
		reviewedDaysAgo: 31,
	},
	{ group: 3, noted: [{ daysAgo: 9, kinds: ['nearAdults'], from: 'colleague', outside: true }] },
];

const AFTER_SCHOOL = 15 * 60;

/** Concerns without an incident (MEL-04), so that their screens have something to show. */
export function* makeSignals(roster: DemoRoster, today: LocalDate, dice: Dice): Generator<Told<Signal | SignalReview>> {
	const schoolId = roster.school.id;
	for (const { group, noted, reviewedDaysAgo } of PLOTS) {
		const place = group % roster.groups.length;
		const [pupil] = roster.pupilsByGroup[place] ?? [];
		const teacher = roster.teachers[place];
		if (!pupil || !teacher) continue;
		const signals = noted.map(({ daysAgo, kinds, from, note, outside }): Signal => {
			const on = weekdayBefore(addDays(today, -daysAgo));
			const notedAt = instantOf(on, AFTER_SCHOOL, 0);
			return {
				...{ type: 'signal', v: 1, id: idOf('signal', seededUlid(Date.parse(notedAt), dice)), schoolId },
				...{ pupilId: pupil.id, kinds: [...kinds], from, on, ...(note !== undefined && { note }) },
				...{ notedBy: (outside && roster.supervisors[0]?.id) || teacher.id, notedAt },
			};
		});
		for (const doc of signals) yield { doc, receivedAt: doc.notedAt };
		if (reviewedDaysAgo === undefined) continue;
		const reviewedAt = instantOf(weekdayBefore(addDays(today, -reviewedDaysAgo)), AFTER_SCHOOL, 0);
		const review: SignalReview = {
			...{ type: 'signalReview', v: 1, id: idOf('signalReview', seededUlid(Date.parse(reviewedAt), dice)), schoolId },
			...{ pupilId: pupil.id, signalIds: signals.map(({ id }) => id), note: SIGNAL_TEXTS.looked },
			...{ reviewedBy: roster.confidant.id, reviewedAt },
		};
		yield { doc: review, receivedAt: reviewedAt };
	}
}
