import type { SignalKind, SignalSource } from '#domain/signals/signal.ts';
import * as m from '#lib/i18n/generated/messages.js';

export const signalKindText = {
	withdrawn: m.signals_kind_withdrawn,
	alone: m.signals_kind_alone,
	notToSchool: m.signals_kind_notToSchool,
	sad: m.signals_kind_sad,
	tense: m.signals_kind_tense,
	irritable: m.signals_kind_irritable,
	workDeclines: m.signals_kind_workDeclines,
	thingsGone: m.signals_kind_thingsGone,
	nearAdults: m.signals_kind_nearAdults,
	joked: m.signals_kind_joked,
	blamed: m.signals_kind_blamed,
	leftOut: m.signals_kind_leftOut,
	lastInFirstOut: m.signals_kind_lastInFirstOut,
	worry: m.signals_kind_worry,
} satisfies Record<SignalKind, () => string>;

export const signalSourceText = {
	seen: m.signals_from_seen,
	pupil: m.signals_from_pupil,
	otherPupil: m.signals_from_otherPupil,
	parent: m.signals_from_parent,
	colleague: m.signals_from_colleague,
} satisfies Record<SignalSource, () => string>;
