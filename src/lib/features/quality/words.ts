import type { QualityBlock, QualityIndicator, QualityScore } from '#domain/quality/quality-card.ts';
import * as m from '#lib/i18n/generated/messages.js';

export const blockName = {
	top: m.quality_block_top,
	upkeep: m.quality_block_upkeep,
	felt: m.quality_block_felt,
} satisfies Record<QualityBlock, () => string>;

export const indicatorText = {
	principalLeads: m.quality_principalLeads,
	coordinatorHasTime: m.quality_coordinatorHasTime,
	steeringMeets: m.quality_steeringMeets,
	teamAgrees: m.quality_teamAgrees,
	everybodyReports: m.quality_everybodyReports,
	processedInTime: m.quality_processedInTime,
	roundsHeld: m.quality_roundsHeld,
	measuresOnFigures: m.quality_measuresOnFigures,
	parentsKnow: m.quality_parentsKnow,
	pupilsKnowHow: m.quality_pupilsKnowHow,
	pupilsStop: m.quality_pupilsStop,
	safetyScore: m.quality_safetyScore,
	calmOutside: m.quality_calmOutside,
} satisfies Record<QualityIndicator, () => string>;

export const scoreName = {
	o: m.quality_o,
	v: m.quality_v,
	g: m.quality_g,
} satisfies Record<QualityScore, () => string>;
