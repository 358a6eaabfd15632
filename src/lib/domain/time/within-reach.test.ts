import { expect, test } from 'vitest';
import { timeOutOfReach } from './within-reach.ts';

test.each(['9999-12-31', '0000-02-29', '0001-01-01T10:15', '9999-12-31T23:59:59.999Z', '1999-12-31', '2101-01-01'])(
	'%s is no time of a school, wherever it stands in a document',
	(time) => {
		expect(timeOutOfReach({ plannedOn: time })).toBe('plannedOn');
		expect(timeOutOfReach({ id: 'x', closures: [{ from: '2026-03-09' }, { until: time }] })).toBe('closures.1.until');
	},
);

test.each(['2000-01-01', '2100-12-31', '2026-03-09T12:14', '2026-03-09T11:14:00.000Z', 'since 1850-01-01', '12'])(
	'%s is left alone',
	(value) => expect(timeOutOfReach({ value, none: null, count: 9999 })).toBeNull(),
);
