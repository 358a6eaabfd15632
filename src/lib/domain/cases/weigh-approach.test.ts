import { expect, test } from 'vitest';
import { FIVE_B } from '#domain/protocols/shipped/five-b.ts';
import { weighApproach } from './weigh-approach.ts';

const fields = FIVE_B.steps.find(({ key }) => key === 'beslissen')?.fields ?? [];

test('the four points of the decision weigh to one side or the other; what is not answered is open', () => {
	expect(weighApproach(fields, {})).toEqual({ nonConfronting: 0, confronting: 0, open: 4 });
	expect(
		weighApproach(fields, { duration: 'recent', gravity: 'less', standing: 'much', trustInGroup: 'high' }),
	).toEqual({ nonConfronting: 3, confronting: 1, open: 0 });
	expect(weighApproach(fields, { duration: 'longRunning', gravity: 'heavy' })).toMatchObject({ confronting: 2 });
});

test('every answer the protocol offers leans to a side, and a step that does not ask weighs nothing', () => {
	for (const key of ['duration', 'gravity', 'standing', 'trustInGroup'])
		for (const option of fields.find((each) => each.key === key)?.options ?? [])
			expect(weighApproach(fields, { [key]: option })?.open).toBe(3);
	expect(weighApproach([{ key: 'duration' }], { duration: 'recent' })).toBeNull();
});
