import { FiveBStep } from '#domain/cases/case.ts';
import type { StoryEvent } from '#domain/cases/case-story.ts';
import type { Answer } from '#domain/cases/step-record.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Device } from '#lib/device/device.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { inLanguage } from '#lib/i18n/in-language.ts';
import { fiveBStepName } from '#lib/i18n/terms.ts';
import { formatDayMonth } from '#lib/i18n/window.ts';
import { personName } from './case-view.ts';
import type { ProtocolCase } from './protocol-case.ts';
import { stoppedText } from './words.ts';

export interface StoryContext {
	readonly device: Pick<Device, 'documents' | 'session'>;
	readonly view: ProtocolCase;
	readonly roster: RosterIndex;
	readonly today: LocalDate;
}

/** What somebody did, in a sentence. */
export function storyHeadline(event: StoryEvent, { device, view, today }: StoryContext): string {
	const name = personName(device, event.by);
	switch (event.kind) {
		case 'opened':
			return m.cases_story_opened({ name });
		case 'entry':
			return m.cases_story_entry({ name, step: stepName(event.document.step, view) });
		case 'record': {
			const words = { name, step: stepName(event.document.step, view) };
			return event.document.result === 'skipped' ? m.cases_record_skipped(words) : m.cases_record_story(words);
		}
		case 'consent': {
			const words = { consent: inLanguage(view.texts.consents[event.document.consent]) };
			return event.document.given === 'yes' ? m.cases_consent_story_yes(words) : m.cases_consent_story_no(words);
		}
		case 'followUp':
			return m.cases_story_follow_up({ name, date: formatDayMonth(event.document.plannedOn, today) });
		case 'verdict':
			return event.document.verdict === 'stopped'
				? m.cases_story_stopped({ name })
				: m.cases_story_not_stopped({ name, turn: event.document.turn + 1 });
		case 'outcome': {
			const { outcome } = event.document;
			if (outcome.kind === 'done') return m.cases_story_done({ name });
			if (outcome.kind === 'moved')
				return m.cases_story_moved({ name, date: formatDayMonth(outcome.plannedOn, today) });
			if (outcome.kind === 'cancelled') return m.cases_story_cancelled({ name });
			return m.cases_story_handed_over({ name, other: personName(device, outcome.ownerId) });
		}
	}
}

/** What was written with it, a paragraph each. */
export function storyParagraphs(event: StoryEvent, context: StoryContext): string[] {
	switch (event.kind) {
		case 'entry':
		case 'verdict':
			return [event.document.text];
		case 'record': {
			const { step, outcome, note, answers, checked } = event.document;
			const texts = context.view.texts.steps[step];
			return [
				...(outcome ? [inLanguage(texts?.outcomes?.[outcome])] : []),
				...(note ? [note] : []),
				...(answers ?? []).map((each) => answerText(step, each, context)),
				...(checked ?? []).map((key) => `✓ ${inLanguage(texts?.checks?.[key])}`),
			];
		}
		case 'consent':
			return event.document.note ? [event.document.note] : [];
		case 'outcome': {
			const { outcome, note } = event.document;
			const answer = outcome.kind === 'done' ? `${stoppedText[outcome.stopped]()}.` : '';
			const text = [answer, note].filter(Boolean).join(' ');
			return text === '' ? [] : [text];
		}
		default:
			return [];
	}
}

export function stepName(key: string, view: ProtocolCase): string {
	const step = view.case.protocol === 'fiveB' ? FiveBStep.safeParse(key) : null;
	return step?.success ? fiveBStepName[step.data]() : inLanguage(view.texts.steps[key]?.title) || key;
}

function answerText(step: string, { field, value }: Answer, { view, roster }: StoryContext): string {
	const texts = view.texts.steps[step]?.fields?.[field];
	const asked = view.run.protocol.steps.find(({ key }) => key === step)?.fields?.find(({ key }) => key === field);
	const option = (key: string) => inLanguage(texts?.options?.[key]) || key;
	const words = () => {
		if (typeof value === 'boolean') return value ? m.cases_step_yes() : m.cases_step_no();
		if (typeof value === 'string') return option(value);
		return value
			.map((each) => {
				if (typeof each !== 'string') return each.text;
				return asked?.kind === 'pupils' ? roster.shortName(each) : option(each);
			})
			.join(', ');
	};
	return `${inLanguage(texts?.label)} ${words()}`;
}
