import type { DraftProblem } from '#domain/incident/process-observation.ts';
import * as m from '#lib/i18n/generated/messages.js';
import type { DecisionProblem } from './decisions.ts';

export const draftProblemText = {
	noBehaviour: m.inbox_problem_noBehaviour,
	greenWithInstigator: m.inbox_problem_greenWithInstigator,
	noteTooLong: m.inbox_problem_noteTooLong,
} satisfies Record<DraftProblem['kind'], () => string>;

export const decisionProblemText = {
	...draftProblemText,
	storageFull: m.storage_full,
	storageFailed: m.storage_failed,
} satisfies Record<DecisionProblem['kind'], () => string>;
