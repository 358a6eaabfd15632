import type { ProtocolId } from '#domain/id.ts';
import { readProtocol } from './check-protocol.ts';
import type { Protocol } from './protocol.ts';
import type { SchoolProtocol } from './school-protocol.ts';

const checked = new WeakMap<SchoolProtocol, Protocol | null>();

/** A school's own protocols that can be run; one that cannot is left out, and its cases follow the shipped one. */
export function soundProtocols(documents: Iterable<SchoolProtocol>): Map<ProtocolId, Protocol> {
	const sound = new Map<ProtocolId, Protocol>();
	for (const document of documents) {
		let protocol = checked.get(document);
		if (protocol === undefined) {
			const read = readProtocol(document.protocol);
			checked.set(document, (protocol = read.ok ? read.value : null));
		}
		if (protocol) sound.set(document.id, protocol);
	}
	return sound;
}
