import { isRestrictedProtocol } from '#domain/cases/restricted.ts';
import { refuse, ok, type Result } from '#domain/result.ts';
import { Protocol, type Step } from './protocol.ts';
import { ProtocolTexts } from './protocol-texts.ts';

/** What is wrong, and where: `steps.3.after.0.0.step`. */
export interface ProtocolProblem {
	readonly place: string;
	readonly problem: string;
}

/** A protocol the engine can run, or everything that keeps it from running, each with its place. */
export function readProtocol(value: unknown): Result<Protocol, readonly ProtocolProblem[]> {
	const read = Protocol.safeParse(value);
	if (!read.success) return refuse(read.error.issues.map(problemOf));
	const problems = [...problemsIn(read.data)];
	return problems.length > 0 ? refuse(problems) : ok(read.data);
}

/** The words of a protocol: complete in both languages, and none for what is not there. */
export function readProtocolTexts(
	value: unknown,
	protocol: Protocol,
): Result<ProtocolTexts, readonly ProtocolProblem[]> {
	const read = ProtocolTexts.safeParse(value);
	if (!read.success) return refuse(read.error.issues.map(problemOf));
	const problems = [...problemsInTexts(read.data, protocol)];
	return problems.length > 0 ? refuse(problems) : ok(read.data);
}

type Issue = NonNullable<ReturnType<typeof Protocol.safeParse>['error']>['issues'][number];

function problemOf(issue: Issue): ProtocolProblem {
	const place = issue.path.map(String).join('.');
	if (issue.code === 'invalid_type') return { place, problem: `expected ${issue.expected}` };
	if (issue.code === 'invalid_value') return { place, problem: `not one of ${issue.values.map(String).join(', ')}` };
	if (issue.code === 'unrecognized_keys') return { place, problem: `unknown key ${issue.keys.join(', ')}` };
	if (issue.code === 'invalid_format') return { place, problem: `does not match ${issue.pattern ?? issue.format}` };
	if (issue.code === 'too_small') return { place, problem: `too small, at least ${issue.minimum}` };
	if (issue.code === 'too_big') return { place, problem: `too large, at most ${issue.maximum}` };
	return { place, problem: 'not valid' };
}

function* problemsIn(protocol: Protocol): Generator<ProtocolProblem> {
	const byKey = new Map(protocol.steps.map((step) => [step.key, step]));
	if ((protocol.restricted === true) !== isRestrictedProtocol(protocol.name))
		yield { place: 'restricted', problem: `follows from the name "${protocol.name}" and cannot be changed` };
	yield* doubles(
		protocol.steps.map(({ key }) => key),
		'steps',
	);
	yield* doubles(
		protocol.consents.map(({ key }) => key),
		'consents',
	);
	for (const [index, step] of protocol.steps.entries()) {
		const place = `steps.${index}`;
		yield* problemsWithConditions(step, place, byKey);
		yield* problemsWithOutcomes(step, place, byKey);
		yield* problemsWithQuestions(step, place, byKey);
		const [only, another] = step.after.flat();
		if (only && !another && byKey.get(only.step)?.repeats && (step.about !== 'case' || step.outcomes))
			yield {
				place: `${place}.about`,
				problem: 'what follows a step each time is taken once each time, and decides nothing',
			};
		if (step.within !== undefined && (step.within === step.key || !byKey.has(step.within)))
			yield { place: `${place}.within`, problem: `there is no other step "${step.within}"` };
		if (step.clock && step.clock.until < step.clock.from)
			yield { place: `${place}.clock.until`, problem: 'ends before it begins' };
		if (step.again && !(step.clock && step.repeats && step.about === 'case'))
			yield { place: `${place}.again`, problem: 'only for a step with a clock that repeats, taken for the case' };
		if (step.again && !byKey.has(step.again.until))
			yield { place: `${place}.again.until`, problem: `there is no step "${step.again.until}"` };
		if (step.unlessPlannedAfter !== undefined && !(step.lookBack && step.clock))
			yield { place: `${place}.unlessPlannedAfter`, problem: 'only for a look back with a clock' };
		for (const [nth, consent] of (step.consents ?? []).entries())
			if (!protocol.consents.some(({ key }) => key === consent))
				yield { place: `${place}.consents.${nth}`, problem: `there is no consent "${consent}"` };
	}
	const circle = circleIn(protocol.steps);
	if (circle) {
		const index = protocol.steps.findIndex(({ key }) => key === circle[0]);
		yield { place: `steps.${index}.after`, problem: `waits for itself: ${circle.join(' → ')}` };
		return;
	}
	yield* deadEnds(protocol);
}

function* doubles(keys: readonly string[], place: string): Generator<ProtocolProblem> {
	for (const [index, key] of keys.entries())
		if (keys.indexOf(key) < index) yield { place: `${place}.${index}.key`, problem: `"${key}" is there twice` };
}

function* problemsWithConditions(
	step: Step,
	place: string,
	byKey: ReadonlyMap<string, Step>,
): Generator<ProtocolProblem> {
	for (const [nth, alternative] of step.after.entries()) {
		for (const [index, { step: key, outcome }] of alternative.entries()) {
			const before = byKey.get(key);
			const at = `${place}.after.${nth}.${index}`;
			if (!before) yield { place: `${at}.step`, problem: `there is no step "${key}"` };
			else if (outcome !== undefined && !before.outcomes?.some((each) => each.key === outcome))
				yield { place: `${at}.outcome`, problem: `step "${key}" has no outcome "${outcome}"` };
		}
	}
}

function* problemsWithOutcomes(
	step: Step,
	place: string,
	byKey: ReadonlyMap<string, Step>,
): Generator<ProtocolProblem> {
	if (!step.outcomes) return;
	if (step.about !== 'case')
		yield { place: `${place}.about`, problem: 'what is decided is decided once, for the case' };
	if (step.repeats) yield { place: `${place}.repeats`, problem: 'what is decided is decided once' };
	yield* doubles(
		step.outcomes.map(({ key }) => key),
		`${place}.outcomes`,
	);
	for (const [nth, { then }] of step.outcomes.entries()) {
		if (then?.kind !== 'restart') continue;
		for (const [index, key] of then.at.entries())
			if (!byKey.has(key))
				yield { place: `${place}.outcomes.${nth}.then.at.${index}`, problem: `there is no step "${key}"` };
	}
}

function* problemsWithQuestions(
	step: Step,
	place: string,
	byKey: ReadonlyMap<string, Step>,
): Generator<ProtocolProblem> {
	yield* doubles(
		(step.fields ?? []).map(({ key }) => key),
		`${place}.fields`,
	);
	yield* doubles(step.checks ?? [], `${place}.checks`);
	for (const [nth, field] of (step.fields ?? []).entries()) {
		const chooses = field.kind === 'choice' || field.kind === 'choices';
		if (chooses !== (field.options !== undefined))
			yield { place: `${place}.fields.${nth}.options`, problem: chooses ? 'nothing to choose' : 'nothing is chosen' };
		if (field.min !== undefined && field.max !== undefined && field.max < field.min)
			yield { place: `${place}.fields.${nth}.max`, problem: 'less than the least' };
	}
	if ((step.about === 'chosen') !== (step.chosenIn !== undefined))
		yield { place: `${place}.chosenIn`, problem: 'goes with about: chosen, and the other way round' };
	if (!step.chosenIn) return;
	const { step: key, field } = step.chosenIn;
	if (!byKey.get(key)?.fields?.some((each) => each.key === field && each.kind === 'pupils'))
		yield { place: `${place}.chosenIn`, problem: `step "${key}" has no pupils to pick in "${field}"` };
}

/** Steps that wait for each other, first and last the same; null when there is no circle. */
function circleIn(steps: readonly Step[]): string[] | null {
	const byKey = new Map(steps.map((step) => [step.key, step]));
	const done = new Set<string>();
	function visit(key: string, path: readonly string[]): string[] | null {
		if (path.includes(key)) return [...path.slice(path.indexOf(key)), key];
		if (done.has(key)) return null;
		for (const { step } of byKey.get(key)?.after.flat() ?? []) {
			const circle = visit(step, [...path, key]);
			if (circle) return circle;
		}
		done.add(key);
		return null;
	}
	for (const { key } of steps) {
		const circle = visit(key, []);
		if (circle) return circle;
	}
	return null;
}

/** Every decision leads somewhere, and a case can come to its end. */
function* deadEnds(protocol: Protocol): Generator<ProtocolProblem> {
	const leads = (key: string, outcome: string) =>
		protocol.steps.some((step) =>
			step.after.flat().some((each) => each.step === key && (each.outcome === undefined || each.outcome === outcome)),
		);
	for (const [index, { key, outcomes }] of protocol.steps.entries())
		for (const [nth, outcome] of (outcomes ?? []).entries())
			if (!outcome.then && !leads(key, outcome.key))
				yield { place: `steps.${index}.outcomes.${nth}`, problem: `"${outcome.key}" leads nowhere` };
	if (!protocol.steps.some(({ outcomes }) => outcomes?.some(({ then }) => then?.kind === 'close')))
		yield { place: 'steps', problem: 'no outcome closes the case' };
}

function* problemsInTexts(texts: ProtocolTexts, protocol: Protocol): Generator<ProtocolProblem> {
	yield* unmatched(
		protocol.consents.map(({ key }) => key),
		texts.consents,
		'consents',
	);
	yield* unmatched(
		protocol.steps.map(({ key }) => key),
		texts.steps,
		'steps',
	);
	for (const step of protocol.steps) {
		const words = texts.steps[step.key];
		if (!words) continue;
		const place = `steps.${step.key}`;
		const fields = step.fields ?? [];
		yield* unmatched(
			fields.map(({ key }) => key),
			words.fields ?? {},
			`${place}.fields`,
		);
		for (const field of fields)
			yield* unmatched(
				field.options ?? [],
				words.fields?.[field.key]?.options ?? {},
				`${place}.fields.${field.key}.options`,
			);
		yield* unmatched(step.checks ?? [], words.checks ?? {}, `${place}.checks`);
		yield* unmatched(
			(step.outcomes ?? []).map(({ key }) => key),
			words.outcomes ?? {},
			`${place}.outcomes`,
		);
		yield* unmatched(step.documents ?? [], words.documents ?? {}, `${place}.documents`);
	}
}

function* unmatched(
	keys: readonly string[],
	words: Readonly<Record<string, unknown>>,
	place: string,
): Generator<ProtocolProblem> {
	for (const key of keys) if (!Object.hasOwn(words, key)) yield { place: `${place}.${key}`, problem: 'has no words' };
	for (const key of Object.keys(words))
		if (!keys.includes(key)) yield { place: `${place}.${key}`, problem: 'words for what is not there' };
}
