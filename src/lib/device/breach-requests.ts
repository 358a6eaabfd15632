import * as z from 'zod/mini';
import { Breach, BreachRegister, type BreachDecision, type NewBreach } from '#domain/privacy/breach.ts';
import { get, post, type Answer } from './ask-server.ts';

/** The register of breaches, for who keeps it: asked of the server, never kept here. */
export const breachRequests = {
	readRegister: (): Answer<BreachRegister> => get('/api/breaches', BreachRegister),
	write: (breach: NewBreach): Answer<Breach> => post('/api/breaches', breach, Breach),
	decide: (decision: BreachDecision): Answer<unknown> => post('/api/breaches/decide', decision, z.unknown()),
};
