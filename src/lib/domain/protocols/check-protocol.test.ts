import { describe, expect, test } from 'vitest';
import { readProtocol } from './check-protocol.ts';
import { compileProtocol } from './compile-protocol.ts';
import type { Protocol, Step } from './protocol.ts';
import { SHIPPED_PROTOCOLS } from './shipped-protocols.ts';

const see: Step = { key: 'see', by: 'teacher', about: 'case', after: [], sources: [] };
const judge: Step = {
	key: 'judge',
	by: 'coordinator',
	about: 'case',
	after: [[{ step: 'see' }]],
	outcomes: [
		{ key: 'stopped', then: { kind: 'close', as: 'stopped' } },
		{ key: 'notStopped', then: { kind: 'restart', at: ['see'] } },
	],
	sources: [],
};

function protocol(steps: readonly unknown[], over: object = {}): unknown {
	return { name: 'fiveB', version: 1, consents: [], steps, ...over };
}

function places(value: unknown): string[] {
	const read = readProtocol(value);
	return read.ok ? [] : read.error.map(({ place, problem }) => `${place}: ${problem}`);
}

test('a small sound protocol is let through as it is', () => {
	expect(readProtocol(protocol([see, judge]))).toEqual({ ok: true, value: protocol([see, judge]) });
});

test.each(Object.entries(SHIPPED_PROTOCOLS))('what comes with Pleinwacht is sound: %s', (name, shipped) => {
	expect(places(shipped)).toEqual([]);
	expect(shipped.name).toBe(name);
	for (const { sources, key } of shipped.steps) expect(sources, key).not.toEqual([]);
});

describe('refused, with the place named', () => {
	test.each<[string, unknown, string]>([
		[
			'a circle of clocks',
			protocol([see, { ...judge, after: [[{ step: 'judge' }]] }]),
			'steps.1.after: waits for itself: judge → judge',
		],
		[
			'a longer circle',
			protocol([{ ...see, after: [[{ step: 'plan' }]] }, { ...see, key: 'plan', after: [[{ step: 'see' }]] }, judge]),
			'steps.0.after: waits for itself: see → plan → see',
		],
		['an unknown role', protocol([{ ...see, by: 'janitor' }, judge]), 'steps.0.by: not one of teacher, '],
		[
			'a step that is not there',
			protocol([see, { ...judge, after: [[{ step: 'plan' }]] }]),
			'steps.1.after.0.0.step: there is no step "plan"',
		],
		[
			'an outcome that is not there',
			protocol([see, judge, { ...see, key: 'more', after: [[{ step: 'judge', outcome: 'maybe' }]] }]),
			'steps.2.after.0.0.outcome: step "judge" has no outcome "maybe"',
		],
		['a step twice', protocol([see, see, judge]), 'steps.1.key: "see" is there twice'],
		[
			'a window that ends before it begins',
			protocol([{ ...see, clock: { unit: 'days', from: 14, until: 7 } }, judge]),
			'steps.0.clock.until: ends before it begins',
		],
		[
			'a negative clock',
			protocol([{ ...see, clock: { unit: 'days', from: -1, until: 7 } }, judge]),
			'steps.0.clock.from: too small, at least 0',
		],
		[
			'a consent that nobody is asked for',
			protocol([{ ...see, consents: ['photo'] }, judge]),
			'steps.0.consents.0: there is no consent "photo"',
		],
		[
			'a decision that leads nowhere',
			protocol([see, { ...judge, outcomes: [...(judge.outcomes ?? []), { key: 'maybe' }] }]),
			'steps.1.outcomes.2: "maybe" leads nowhere',
		],
		['no way to end', protocol([see]), 'steps: no outcome closes the case'],
		[
			'a restart at a step that is not there',
			protocol([
				see,
				{ ...judge, outcomes: [judge.outcomes?.[0], { key: 'again', then: { kind: 'restart', at: ['plan'] } }] },
			]),
			'steps.1.outcomes.1.then.at.0: there is no step "plan"',
		],
		[
			'children to talk to who were never picked',
			protocol([see, { ...see, key: 'talk', about: 'chosen', chosenIn: { step: 'see', field: 'members' } }, judge]),
			'steps.1.chosenIn: step "see" has no pupils to pick in "members"',
		],
		[
			'a choice without anything to choose',
			protocol([{ ...see, fields: [{ key: 'why', kind: 'choice' }] }, judge]),
			'steps.0.fields.0.options: nothing to choose',
		],
		['an unknown key', protocol([{ ...see, colour: 'red' }, judge]), 'steps.0: unknown key colour'],
		[
			'an unrestricted reporting code',
			{ ...SHIPPED_PROTOCOLS.reportingCode, restricted: undefined },
			'restricted: follows from the name "reportingCode" and cannot be changed',
		],
	])('%s', (_, value, problem) => {
		expect(places(value).join('\n')).toContain(problem);
	});
});

test('steps are put after what they wait for, whatever order they are written in', () => {
	const backwards = protocol([judge, see]) as Protocol;
	expect(compileProtocol(backwards).inOrder.map(({ step }) => step.key)).toEqual(['see', 'judge']);
});
