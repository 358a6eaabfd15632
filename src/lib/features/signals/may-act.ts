import type { PupilId } from '#domain/id.ts';
import { isCoordinator } from '#domain/school/roles.ts';
import type { Device } from '#lib/device/device.ts';

/** What the access table lets this person do about the signals of a pupil; the server asks that table again. */
export function mayAct({ session, documents }: Pick<Device, 'session' | 'documents'>, pupilId: PupilId) {
	if (!session) return { review: false, startCase: false };
	const groupId = documents.get('pupil', pupilId)?.groupId;
	const teaches = session.roles.includes('teacher') && groupId !== undefined && session.groupIds.includes(groupId);
	const coordinates = isCoordinator(session);
	return {
		review: coordinates || teaches || session.roles.includes('confidant'),
		startCase: coordinates || teaches,
	};
}
