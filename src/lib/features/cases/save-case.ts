import { ulid } from 'ulid';
import type { Case, CaseEntry, CasePupil, CaseVerdict, FiveBStep, FollowUp } from '#domain/cases/case.ts';
import { openCase, type OpenCaseRefusal } from '#domain/cases/open-case.ts';
import { idOf, type CaseId, type IncidentId, type PersonId } from '#domain/id.ts';
import { newestVersion } from '#domain/protocols/adapt-protocol.ts';
import type { ProtocolName } from '#domain/protocols/protocol.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

type Desk = Pick<Device, 'save' | 'documents' | 'session'>;
type Problem = SaveProblem | { readonly kind: 'signedOut' };

/** Opens a case; gives its id. */
export async function startCase(
	device: Desk,
	plan: {
		readonly pupils: readonly CasePupil[];
		readonly incidentIds: readonly IncidentId[];
		readonly memberIds: readonly PersonId[];
		readonly protocol: ProtocolName;
	},
	now: Date,
): Promise<Result<CaseId, Problem | OpenCaseRefusal>> {
	const { session, documents } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const opened = openCase(
		{
			...plan,
			protocolId: newestVersion(documents.all('protocol'), plan.protocol)?.id,
			id: idOf('case', ulid(now.getTime())),
			at: now.toISOString() as Instant,
		},
		session,
		(pupilId) => session.groupIds.includes(documents.get('pupil', pupilId)?.groupId ?? ('' as never)),
	);
	if (!opened.ok) return opened;
	const saved = await device.save([opened.value]);
	return saved.ok ? ok(opened.value.id) : saved;
}

/** Writes in a step. */
export async function writeEntry(
	device: Desk,
	subject: Case,
	{ turn, step, text }: { readonly turn: number; readonly step: FiveBStep; readonly text: string },
	now: Date,
): Promise<Result<void, Problem>> {
	if (!device.session) return refuse({ kind: 'signedOut' });
	const entry: CaseEntry = {
		type: 'caseEntry',
		v: 1,
		id: idOf('caseEntry', ulid(now.getTime())),
		schoolId: subject.schoolId,
		caseId: subject.id,
		turn,
		step,
		text: text.trim(),
		writtenBy: device.session.personId,
		writtenAt: now.toISOString() as Instant,
	};
	return device.save([entry]);
}

export interface PlannedFollowUp {
	readonly about: CasePupil;
	readonly plannedOn: LocalDate;
	readonly ownerId: PersonId;
}

/** Sets moments to look back, all of them or none. */
export async function setFollowUps(
	device: Desk,
	subject: Case,
	turn: number,
	planned: readonly PlannedFollowUp[],
	now: Date,
): Promise<Result<void, Problem>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	return device.save(planned.map((each) => followUpOf(subject, turn, each, session.personId, now)));
}

function followUpOf(subject: Case, turn: number, planned: PlannedFollowUp, setBy: PersonId, now: Date): FollowUp {
	return {
		type: 'followUp',
		v: 1,
		id: idOf('followUp', ulid(now.getTime())),
		schoolId: subject.schoolId,
		caseId: subject.id,
		turn,
		...planned,
		setBy,
		setAt: now.toISOString() as Instant,
	};
}

/** Ends a turn: stopped closes the case, not stopped starts the next turn. */
export async function judgeTurn(
	device: Desk,
	subject: Case,
	{
		turn,
		verdict,
		text,
		late = null,
	}: {
		readonly turn: number;
		readonly verdict: CaseVerdict['verdict'];
		readonly text: string;
		/** The look back much later, where none was planned yet: set together with the judgement (5B-07). */
		readonly late?: PlannedFollowUp | null;
	},
	now: Date,
): Promise<Result<void, Problem>> {
	if (!device.session) return refuse({ kind: 'signedOut' });
	const judgement: CaseVerdict = {
		type: 'caseVerdict',
		v: 1,
		id: idOf('caseVerdict', ulid(now.getTime())),
		schoolId: subject.schoolId,
		caseId: subject.id,
		turn,
		verdict,
		text: text.trim(),
		judgedBy: device.session.personId,
		judgedAt: now.toISOString() as Instant,
	};
	if (!late) return device.save([judgement]);
	const followUp = followUpOf(subject, turn, late, device.session.personId, now);
	return device.save([judgement, followUp]);
}

/** Who works on it. The opener stays: a case is never nobody's. */
export async function changeMembers(
	device: Desk,
	subject: Case,
	memberIds: readonly PersonId[],
): Promise<Result<void, Problem>> {
	const members = [...new Set([subject.openedBy, ...memberIds])];
	return device.save([{ ...subject, memberIds: members }]);
}
