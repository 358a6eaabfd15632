import type { FastifyReply, FastifyRequest } from 'fastify';
import { needsSecondFactor } from '#domain/accounts/second-factor.ts';
import { ONLY_SLOT } from '#domain/accounts/slots.ts';
import type { Session } from '#domain/session.ts';
import type { Schools } from '#server/schools.ts';
import { phoneTokenIn, setPhoneCookie, slotIn } from './cookies.ts';
import { Problem } from './problem.ts';

/** Where a session begins: on a device of one person, or on a shared phone that is known, or is from now on. */
export type Seat = { readonly kind: 'own' } | { readonly kind: 'phone'; readonly phone: string | null };

/**
 * Whether this person may sign in beside others in this browser. Only on a phone that a coordinator let in as shared,
 * and not who needs two factors: a phone that goes around is no place for the rights that asks for.
 * @param opensPhone the code that was shown is for a phone to share.
 */
export async function seatFor(
	request: FastifyRequest,
	schools: Schools,
	{ personId, schoolId, roles }: Session,
	opensPhone: boolean,
): Promise<Seat> {
	const slot = slotIn(request);
	if (slot === null) throw new Problem('badRequest');
	if (slot === ONLY_SLOT) return { kind: 'own' };
	if (needsSecondFactor(roles)) throw new Problem('notAllowed');
	const phone = await schools.phones.find(phoneTokenIn(request), schoolId);
	if (phone === undefined && !opensPhone) throw new Problem('refused');
	if (phone !== undefined && !(await schools.phones.hasRoomFor(phone, { personId, schoolId }))) {
		throw new Problem('notAllowed');
	}
	return { kind: 'phone', phone: phone ?? null };
}

/** @returns the shared phone that the session is on. */
export async function takeSeat(
	seat: Seat,
	reply: FastifyReply,
	{ phones }: Schools,
	{ schoolId }: Session,
): Promise<string | undefined> {
	if (seat.kind === 'own') return undefined;
	if (seat.phone !== null) {
		await phones.used(seat.phone);
		return seat.phone;
	}
	const { token, id } = await phones.enrol(schoolId);
	setPhoneCookie(reply, token);
	return id;
}
