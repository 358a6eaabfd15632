import { openInvitations, type StepInvitation } from '#domain/cases/step-invitation.ts';
import type { Device } from '#lib/device/device.ts';

/** Steps of cases that others asked this person for, not answered yet. */
export function invitationsForMe({ documents, session }: Pick<Device, 'documents' | 'session'>): StepInvitation[] {
	if (!session) return [];
	return openInvitations(session.personId, documents.all('stepInvitation'), documents.all('stepRecord'));
}
