import type { ProtocolName } from '#domain/protocols/protocol.ts';
import type { Case } from './case.ts';

/**
 * Protocols whose cases only their members may read. The rule hangs on the name and not on the protocol's data, so that no
 * school can adapt it away by mistake; `checkProtocol` sees to it that both say the same.
 */
export const RESTRICTED_PROTOCOLS: readonly ProtocolName[] = ['reportingCode'];

export function isRestrictedProtocol(name: ProtocolName): boolean {
	return RESTRICTED_PROTOCOLS.includes(name);
}

/** Visible to a named few, not to every coordinator (DUK-07). */
export function isRestricted({ protocol }: Pick<Case, 'protocol'>): boolean {
	return isRestrictedProtocol(protocol);
}
