import { ok, refuse, type Result } from '#domain/result.ts';
import { readProtocol, readProtocolTexts } from './check-protocol.ts';
import type { Protocol, Step, TaskRole } from './protocol.ts';
import type { Bilingual, ProtocolTexts } from './protocol-texts.ts';
import type { SchoolProtocol } from './school-protocol.ts';

/** A protocol with its words. */
export interface WordedProtocol {
	readonly protocol: Protocol;
	readonly texts: ProtocolTexts;
}

/** How a school wants one step: its name, whose task it is, and when. */
export interface StepWish {
	/** Null: a step of the school's own that is new. */
	readonly key: string | null;
	readonly title: Bilingual;
	readonly by: TaskRole;
	/** Null: no clock. In the unit the step has; a step of the school's own counts days. */
	readonly days: { readonly from: number; readonly until: number } | null;
	/** For a step of the school's own: after which other one it opens; null from the start. */
	readonly after: string | null;
}

export type AdaptRefusal =
	| { readonly kind: 'noTitle'; readonly title: string }
	| { readonly kind: 'backwards'; readonly title: string }
	/** It could not be run; what is wrong, with its place. */
	| { readonly kind: 'unsound'; readonly places: readonly string[] };

/** Keys of steps a school made itself. */
const OWN = 'own';
const MOST_VERSION = 9999;

export function isOwnStep({ key }: Pick<Step, 'key'>): boolean {
	return new RegExp(`^${OWN}\\d+$`).test(key);
}

/** The steps as a person can change them. */
export function wishesOf({ protocol, texts }: WordedProtocol): StepWish[] {
	return protocol.steps.map(({ key, by, clock, after }) => ({
		key,
		title: texts.steps[key]?.title ?? { nl: key, en: key },
		by,
		days: clock ? { from: clock.from, until: clock.until } : null,
		after: after[0]?.[0]?.step ?? null,
	}));
}

/**
 * The next version of a protocol: other words, days and roles, and steps of the school's own. What follows from what stays, so
 * that it still runs; a step of its own that is not wished for any more is left out. Running cases keep what they began with.
 */
export function adaptProtocol(base: WordedProtocol, wishes: readonly StepWish[]): Result<WordedProtocol, AdaptRefusal> {
	for (const { title, days } of wishes) {
		const shown = title.nl.trim() || title.en.trim();
		if (title.nl.trim() === '' || title.en.trim() === '') return refuse({ kind: 'noTitle', title: shown });
		if (days && days.until < days.from) return refuse({ kind: 'backwards', title: shown });
	}
	const byKey = new Map(wishes.map((each) => [each.key, each]));
	const kept = base.protocol.steps
		.filter((step) => byKey.has(step.key) || !isOwnStep(step))
		.map((step) => changed(step, byKey.get(step.key)));
	const fresh = wishes.filter(({ key }) => key === null);
	const numbers = kept.filter(isOwnStep).map(({ key }) => Number(key.slice(OWN.length)));
	const first = Math.max(0, ...numbers) + 1;
	const own = fresh.map((wish, index) => ownStep(`${OWN}${first + index}`, wish));
	const steps = [...kept, ...own];
	const titles = new Map<string, Bilingual>([
		...wishes.flatMap(({ key, title }) => (key === null ? [] : [[key, trimmed(title)] as const])),
		...own.map(({ key }, index) => [key, trimmed(fresh[index]?.title ?? { nl: key, en: key })] as const),
	]);
	const protocol = { ...base.protocol, version: Math.min(base.protocol.version + 1, MOST_VERSION), steps };
	const texts = {
		...base.texts,
		steps: Object.fromEntries(
			steps.map(({ key }) => {
				const words = base.texts.steps[key];
				const title = titles.get(key) ?? words?.title ?? { nl: key, en: key };
				return [key, { ...words, title }];
			}),
		),
	};
	const sound = readProtocol(protocol);
	if (!sound.ok) return refuse({ kind: 'unsound', places: sound.error.map(({ place }) => place) });
	const worded = readProtocolTexts(texts, sound.value);
	if (!worded.ok) return refuse({ kind: 'unsound', places: worded.error.map(({ place }) => place) });
	return ok({ protocol: sound.value, texts: worded.value });
}

/** Of a school's own versions the newest, if it can be run. Every device with the same documents picks the same. */
export function newestVersion(documents: Iterable<SchoolProtocol>, name: Protocol['name']): SchoolProtocol | undefined {
	return [...documents]
		.filter(({ protocol }) => protocol.name === name && readProtocol(protocol).ok)
		.sort((a, b) => Date.parse(a.madeAt) - Date.parse(b.madeAt) || (a.id < b.id ? -1 : 1))
		.at(-1);
}

function changed(step: Step, wish: StepWish | undefined): Step {
	if (!wish) return step;
	const { clock, ...rest } = step;
	return {
		...rest,
		by: wish.by,
		...(clock && wish.days ? { clock: { unit: clock.unit, ...wish.days } } : clock && { clock }),
	};
}

function ownStep(key: string, { by, days, after }: StepWish): Step {
	return {
		key,
		by,
		about: 'case',
		after: after === null ? [] : [[{ step: after }]],
		...(days && { clock: { unit: 'days' as const, ...days } }),
		sources: [],
	};
}

function trimmed({ nl, en }: Bilingual): Bilingual {
	return { nl: nl.trim(), en: en.trim() };
}
