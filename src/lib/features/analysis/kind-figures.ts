import { standsOut } from '#domain/analysis/evidence.ts';
import type { AnalysisResult, Cell, Share } from '#domain/analysis/result.ts';
import type { GroupId } from '#domain/id.ts';
import { Basket } from '#domain/observation/basket.ts';
import { Behaviour, Form } from '#domain/observation/behaviour.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { basketName, behaviourName, formName } from '#lib/i18n/terms.ts';
import { tableOfBars, type Bar, type Tone } from '#lib/ui/charts/chart-data.ts';
import type { Figure } from './figure.ts';
import { percent, sentenceCase, times } from './words.ts';

function shareBar(key: string, label: string, { incidents, share }: Share, tone: Tone = 'brand'): Bar {
	const detail = percent(share);
	const description = m.analysis_bar_share({ label, times: times(incidents), share: detail });
	return { key, label, value: incidents, detail, description, tone };
}

const columns = (first: string) => [first, m.analysis_incidents(), m.analysis_share()];

export function behavioursFigure({ behaviours, violent }: AnalysisResult): Figure {
	const bars = behaviours.map((each) => shareBar(each.behaviour, behaviourName[each.behaviour](), each));
	const [first, second] = bars;
	const names = { first: sentenceCase(first?.label ?? ''), second: second?.label ?? '' };
	return {
		title: second ? m.analysis_behaviours_title(names) : m.analysis_behaviours_title_one(names),
		summary: m.analysis_behaviours_summary({ share: percent(violent.share) }),
		bars,
		table: tableOfBars(bars, columns(m.analysis_behaviour())),
		cellOf: (key): Cell => ({ kind: 'behaviour', behaviour: Behaviour.parse(key) }),
	};
}

export function basketsFigure({ baskets, counts }: AnalysisResult): Figure {
	const bars = baskets.map((each) => shareBar(each.basket, basketName[each.basket](), each, each.basket));
	const red = baskets.find(({ basket }) => basket === 'red')?.share ?? 0;
	return {
		title: m.analysis_baskets_title({ share: percent(red) }),
		summary:
			counts.green > 0 ? m.analysis_baskets_summary_green({ count: counts.green }) : m.analysis_baskets_summary(),
		bars,
		table: tableOfBars(bars, columns(m.analysis_basket())),
		cellOf: (key): Cell => {
			const basket = Basket.parse(key);
			return basket === 'green' ? { kind: 'green' } : { kind: 'basket', basket };
		},
	};
}

export function formsFigure({ forms, digital }: AnalysisResult): Figure {
	const bars = forms
		.toSorted((a, b) => b.incidents - a.incidents)
		.map((each) => shareBar(each.form, formName[each.form](), each));
	return {
		title: m.analysis_forms_title({ form: bars[0]?.label ?? '' }),
		summary: m.analysis_forms_summary({ share: percent(digital.share) }),
		bars,
		table: tableOfBars(bars, columns(m.analysis_form())),
		cellOf: (key): Cell => ({ kind: 'form', form: Form.parse(key) }),
	};
}

export function groupsFigure({ groups }: AnalysisResult, roster: RosterIndex): Figure {
	const bars = groups.map((each) => shareBar(each.groupId, roster.group(each.groupId)?.name ?? '?', each));
	const peak = standsOut(groups.map(({ incidents }) => incidents));
	return {
		title: peak === null ? m.analysis_groups_title_none() : m.analysis_groups_title({ group: bars[peak]?.label ?? '' }),
		summary: m.analysis_groups_summary(),
		bars,
		table: tableOfBars(bars, columns(m.analysis_group())),
		cellOf: (key): Cell => ({ kind: 'group', groupId: key as GroupId }),
	};
}
