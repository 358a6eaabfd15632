import type { Bilingual } from '../protocol-texts.ts';

/** Dutch, then English. */
export function both(nl: string, en: string): Bilingual {
	return { nl, en };
}
