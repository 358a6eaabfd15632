import { ulid } from 'ulid';
import type { Case, FollowUp } from '#domain/cases/case.ts';
import {
	NON_CONTRACT_NEEDS,
	NON_CONTRACT_QUESTIONS,
	withSignature,
	type NonContract,
	type NonContractQuestion,
	type Signer,
} from '#domain/cases/non-contract.ts';
import { idOf, type NonContractId, type PupilId } from '#domain/id.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

type Desk = Pick<Device, 'save' | 'session'>;
type Problem = SaveProblem | { readonly kind: 'signedOut' } | { readonly kind: 'incomplete' };

export interface NonContractInput {
	readonly turn: number;
	readonly pupilId: PupilId;
	readonly answers: Readonly<Partial<Record<NonContractQuestion, string>>>;
	readonly evaluateOn: LocalDate;
}

/** Writes a child's own agreement down and plans its evaluation as a look back with that child; both or neither. */
export async function writeNonContract(
	device: Desk,
	subject: Case,
	{ turn, pupilId, answers, evaluateOn }: NonContractInput,
	now: Date,
): Promise<Result<NonContractId, Problem>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const said = Object.fromEntries(
		NON_CONTRACT_QUESTIONS.flatMap((key) => {
			const text = answers[key]?.trim() ?? '';
			return text === '' ? [] : [[key, text] as const];
		}),
	);
	const { behaviour, instead } = said;
	if (NON_CONTRACT_NEEDS.some((key) => !said[key]) || !behaviour || !instead) return refuse({ kind: 'incomplete' });
	const about = subject.pupils.find((each) => each.pupilId === pupilId);
	if (!about) return refuse({ kind: 'incomplete' });
	const at = now.toISOString() as Instant;
	const id = idOf('nonContract', ulid(now.getTime()));
	const base = { v: 1, schoolId: subject.schoolId, caseId: subject.id, turn } as const;
	const contract: NonContract = {
		...{ ...base, type: 'nonContract', id, pupilId, ...said, behaviour, instead, evaluateOn, signed: [] },
		...{ writtenBy: session.personId, writtenAt: at },
	};
	const evaluation: FollowUp = {
		...{ ...base, type: 'followUp', id: idOf('followUp', ulid(now.getTime())), about, plannedOn: evaluateOn },
		...{ ownerId: session.personId, nonContractId: id, setBy: session.personId, setAt: at },
	};
	const saved = await device.save([contract, evaluation]);
	return saved.ok ? ok(id) : saved;
}

/** Ticks that somebody signed on paper that day; without a day: not signed after all. */
export function tickSignature(device: Desk, contract: NonContract, who: Signer, on: LocalDate | null) {
	return device.save([withSignature(contract, who, on)]);
}
