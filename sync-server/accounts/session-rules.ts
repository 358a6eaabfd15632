import type { Role } from '#domain/school/roster.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';

/** How somebody showed who they are. `demo` is a tap in a school of invented children. */
export type Factor = 'demo' | 'code' | 'password' | 'federated' | 'totp' | 'recovery' | 'passkey';

export interface SessionLimits {
	/** Without a request for this long it is over. */
	readonly idleMs: number;
	/** However much it is used. */
	readonly lifeMs: number;
}

const MINUTE_MS = 60 * 1000;

/** Phones lie in a drawer during a holiday; signing in again once a term is bearable. */
const REPORTER_LIMITS: SessionLimits = { idleMs: 16 * MS_PER_DAY, lifeMs: 90 * MS_PER_DAY };
/** Reads what concerns children of more than one group; comes by several times a week. */
const CARE_LIMITS: SessionLimits = { idleMs: 4 * MS_PER_DAY, lifeMs: 30 * MS_PER_DAY };
/** Hands out rights; sits down for it. */
const ADMINISTRATOR_LIMITS: SessionLimits = { idleMs: 60 * MINUTE_MS, lifeMs: MS_PER_DAY / 2 };

const LIMITS: Readonly<Record<Role, SessionLimits>> = {
	supervisor: REPORTER_LIMITS,
	teacher: REPORTER_LIMITS,
	coordinator: CARE_LIMITS,
	generalCoordinator: CARE_LIMITS,
	principal: CARE_LIMITS,
	counsellor: CARE_LIMITS,
	confidant: CARE_LIMITS,
	board: CARE_LIMITS,
	administrator: ADMINISTRATOR_LIMITS,
};

/** The shortest of all roles counts: the widest right sets the rule. */
export function limitsFor(roles: readonly Role[]): SessionLimits {
	return {
		idleMs: Math.min(...roles.map((role) => LIMITS[role].idleMs)),
		lifeMs: Math.min(...roles.map((role) => LIMITS[role].lifeMs)),
	};
}

/** What no role outlives: when a session can be forgotten altogether. */
export const LONGEST_LIMITS: SessionLimits = REPORTER_LIMITS;

/** A passkey is two by itself: the device, and the finger or PIN that unlocks it. */
export function isStrong(factors: readonly Factor[]): boolean {
	const first = factors.some((factor) => factor === 'password' || factor === 'code' || factor === 'federated');
	const second = factors.some((factor) => factor === 'totp' || factor === 'recovery');
	return factors.includes('demo') || factors.includes('passkey') || (first && second);
}
