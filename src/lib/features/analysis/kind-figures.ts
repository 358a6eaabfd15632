import { standsOut } from '#domain/analysis/evidence.ts';
import type { AnalysisResult, Cell } from '#domain/analysis/result.ts';
import type { GroupId } from '#domain/id.ts';
import { Basket } from '#domain/observation/basket.ts';
import { Behaviour, Form } from '#domain/observation/behaviour.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { basketName, behaviourName, formName } from '#lib/i18n/terms.ts';
import type { Figure } from './figure.ts';
import { shareBars } from './share-bars.ts';
import { percent, sentenceCase } from './words.ts';

export function behavioursFigure({ behaviours, violent }: AnalysisResult): Figure {
	const named = behaviours.map((share) => ({
		key: share.behaviour,
		label: behaviourName[share.behaviour](),
		share,
	}));
	const [first, second] = named;
	const names = { first: sentenceCase(first?.label ?? ''), second: second?.label ?? '' };
	return {
		title: second ? m.analysis_behaviours_title(names) : m.analysis_behaviours_title_one(names),
		summary: m.analysis_behaviours_summary({ share: percent(violent.share) }),
		...shareBars(m.analysis_behaviour(), named),
		cellOf: (key): Cell => ({ kind: 'behaviour', behaviour: Behaviour.parse(key) }),
	};
}

export function basketsFigure({ baskets, counts }: AnalysisResult): Figure {
	const named = baskets.map((share) => ({
		key: share.basket,
		label: basketName[share.basket](),
		share,
		tone: share.basket,
	}));
	const red = baskets.find(({ basket }) => basket === 'red')?.share ?? 0;
	return {
		title: m.analysis_baskets_title({ share: percent(red) }),
		summary:
			counts.green > 0 ? m.analysis_baskets_summary_green({ count: counts.green }) : m.analysis_baskets_summary(),
		...shareBars(m.analysis_basket(), named),
		cellOf: (key): Cell => {
			const basket = Basket.parse(key);
			return basket === 'green' ? { kind: 'green' } : { kind: 'basket', basket };
		},
	};
}

export function formsFigure({ forms, digital }: AnalysisResult): Figure {
	const named = forms
		.toSorted((a, b) => b.incidents - a.incidents)
		.map((share) => ({ key: share.form, label: formName[share.form](), share }));
	return {
		title: m.analysis_forms_title({ form: named[0]?.label ?? '' }),
		summary: m.analysis_forms_summary({ share: percent(digital.share) }),
		...shareBars(m.analysis_form(), named),
		cellOf: (key): Cell => ({ kind: 'form', form: Form.parse(key) }),
	};
}

export function groupsFigure({ groups }: AnalysisResult, roster: RosterIndex): Figure {
	const named = groups.map((share) => ({
		key: share.groupId,
		label: roster.group(share.groupId)?.name ?? '?',
		share,
	}));
	const peak = standsOut(groups.map(({ incidents }) => incidents));
	return {
		title:
			peak === null ? m.analysis_groups_title_none() : m.analysis_groups_title({ group: named[peak]?.label ?? '' }),
		summary: m.analysis_groups_summary(),
		...shareBars(m.analysis_group(), named),
		cellOf: (key): Cell => ({ kind: 'group', groupId: key as GroupId }),
	};
}
