import { ulid } from 'ulid';
import type { Case } from '#domain/cases/case.ts';
import type { Answer, Consent, StepRecord } from '#domain/cases/step-record.ts';
import { idOf, type PupilId } from '#domain/id.ts';
import type { Field, Step } from '#domain/protocols/protocol.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

type Desk = Pick<Device, 'save' | 'session'>;
type Problem = SaveProblem | { readonly kind: 'signedOut' };

/** What a person filled in about a step: texts as typed, by the keys of its questions. */
export interface StepInput {
	readonly turn: number;
	readonly result: StepRecord['result'];
	/** With which child; null when it is taken once for the case. */
	readonly pupilId: PupilId | null;
	readonly on: LocalDate;
	readonly outcome: string | null;
	readonly texts: Readonly<Record<string, string>>;
	readonly picks: Readonly<Record<string, readonly string[]>>;
	readonly checked: readonly string[];
	readonly note: string;
}

/** Records that a step was taken, or left out. */
export async function recordStep(
	device: Desk,
	subject: Case,
	step: Step,
	input: StepInput,
	now: Date,
): Promise<Result<void, Problem>> {
	if (!device.session) return refuse({ kind: 'signedOut' });
	const answers = (step.fields ?? []).flatMap((field) => answerTo(field, input));
	const record: StepRecord = {
		type: 'stepRecord',
		v: 1,
		id: idOf('stepRecord', ulid(now.getTime())),
		schoolId: subject.schoolId,
		caseId: subject.id,
		turn: input.turn,
		step: step.key,
		...(input.pupilId !== null && { pupilId: input.pupilId }),
		result: input.result,
		on: input.on,
		...(input.outcome !== null && input.result === 'done' && { outcome: input.outcome }),
		...(answers.length > 0 && { answers }),
		...(input.checked.length > 0 && { checked: [...input.checked] }),
		...(input.note.trim() !== '' && { note: input.note.trim() }),
		recordedBy: device.session.personId,
		recordedAt: now.toISOString() as Instant,
	};
	const saved = await device.save([record]);
	return saved.ok ? ok(undefined) : saved;
}

/** Records what somebody said when asked to agree (MEL-10). */
export async function recordConsent(
	device: Desk,
	subject: Case,
	{ consent, pupilId, given, on }: Pick<Consent, 'consent' | 'given' | 'on'> & { readonly pupilId: PupilId | null },
	now: Date,
): Promise<Result<void, Problem>> {
	if (!device.session) return refuse({ kind: 'signedOut' });
	const document: Consent = {
		type: 'consent',
		v: 1,
		id: idOf('consent', ulid(now.getTime())),
		schoolId: subject.schoolId,
		caseId: subject.id,
		consent,
		...(pupilId !== null && { pupilId }),
		given,
		on,
		recordedBy: device.session.personId,
		recordedAt: now.toISOString() as Instant,
	};
	const saved = await device.save([document]);
	return saved.ok ? ok(undefined) : saved;
}

/** Nothing for a question that was left open. */
function answerTo({ key, kind }: Field, { texts, picks }: StepInput): Answer[] {
	const text = texts[key]?.trim() ?? '';
	const picked = picks[key] ?? [];
	switch (kind) {
		case 'choices':
		case 'pupils':
			return picked.length > 0 ? [{ field: key, value: [...picked] }] : [];
		case 'yesNo':
			return text === '' ? [] : [{ field: key, value: text === 'yes' }];
		case 'people':
			return text === '' ? [] : [{ field: key, value: parts(text, ',').map((name) => name.slice(0, 200)) }];
		case 'plan':
			return text === '' ? [] : [{ field: key, value: parts(text, '\n').map((line) => ({ text: line })) }];
		default:
			return text === '' ? [] : [{ field: key, value: text }];
	}
}

function parts(text: string, separator: string): string[] {
	return text
		.split(separator)
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.slice(0, 40);
}
