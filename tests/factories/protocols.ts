import type { Protocol, ProtocolName } from '#domain/protocols/protocol.ts';
import type { SchoolProtocol } from '#domain/protocols/school-protocol.ts';
import { SHIPPED_PROTOCOLS } from '#domain/protocols/shipped-protocols.ts';
import { SHIPPED_TEXTS } from '#domain/protocols/shipped-texts.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { anId } from './school.ts';

/** A school's own version that says what the shipped one says, made by the coordinator. */
export function aSchoolProtocol(n: number, name: ProtocolName, over: Partial<SchoolProtocol> = {}): SchoolProtocol {
	return {
		...{ type: 'protocol', v: 1, id: anId('protocol', n), schoolId: anId('school', 1) },
		...{ protocol: SHIPPED_PROTOCOLS[name], texts: SHIPPED_TEXTS[name] },
		...{ madeBy: anId('person', 3), madeAt: '2026-03-09T08:00:00.000Z' as Instant, ...over },
	};
}

/** Its first step waits for its last: a circle of clocks. */
export function aCircle(name: ProtocolName): Protocol {
	const { steps, ...rest } = SHIPPED_PROTOCOLS[name];
	const last = steps.at(-1)?.key ?? '';
	return { ...rest, steps: steps.map((step, index) => (index === 0 ? { ...step, after: [[{ step: last }]] } : step)) };
}
