import type { StructuralRule } from './result.ts';

/** Four times is more than a bad week, three weeks is more than one quarrel (M5-09). The school may set its own. */
export const STRUCTURAL_RULE: StructuralRule = { incidents: 4, weeks: 3, victims: 1 };
