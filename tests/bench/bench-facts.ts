import type { AnalysisFacts } from '../../src/lib/domain/analysis/columns.ts';
import type { DomainDocument } from '../../src/lib/domain/document.ts';
import {
	DEMO_OBSERVATIONS,
	DEMO_PUPILS,
	DEMO_SEED,
	DEMO_TODAY,
	makeDemoSchool,
} from '../../sync-server/demo/make-school.ts';

type Listed<T> = T extends Iterable<infer Each> ? readonly Each[] : never;
export type BenchFacts = { readonly [Kind in keyof AnalysisFacts]-?: Listed<NonNullable<AnalysisFacts[Kind]>> };

/**
 * A demo school with so many observations, and pupils to match, as documents look that came over a wire: every text
 * its own piece of memory, nothing shared as a generator shares it.
 */
export function benchFacts(observations: number): BenchFacts {
	const pupils = Math.round((observations * DEMO_PUPILS) / DEMO_OBSERVATIONS);
	const byType = new Map<string, DomainDocument[]>();
	for (const { doc } of makeDemoSchool({ pupils, observations, seed: DEMO_SEED, today: DEMO_TODAY })) {
		const list = byType.get(doc.type) ?? [];
		if (list.length === 0) byType.set(doc.type, list);
		list.push(JSON.parse(JSON.stringify(doc)) as DomainDocument);
	}
	const all = <T extends DomainDocument>(type: T['type']) => (byType.get(type) ?? []) as T[];
	return {
		groups: all('group'),
		pupils: all('pupil'),
		places: all('place'),
		observations: all('observation'),
		processings: all('processing'),
		withdrawals: all('withdrawal'),
		persons: all('person'),
		calendars: all('calendar'),
		schools: all('school'),
		thresholds: all('thresholds'),
	};
}
