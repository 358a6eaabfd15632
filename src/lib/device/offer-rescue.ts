import { refuse, ok, type Result } from '#domain/result.ts';
import { RescueOutcome } from '#domain/sync/rescue-outcome.ts';
import { slotHeader } from './own-slot.ts';

/** A large file over a slow network. */
const TIMEOUT_MS = 120_000;

export type OfferProblem = { readonly kind: 'unreachable' } | { readonly kind: 'refused' };

/** Has the server take in a rescue file somebody brought. Offering it again changes nothing. */
export async function offerRescue(file: string): Promise<Result<RescueOutcome, OfferProblem>> {
	try {
		const response = await fetch('/api/rescue', {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...slotHeader() },
			body: JSON.stringify({ file }),
			cache: 'no-store',
			redirect: 'error',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		if ([400, 401, 403, 413].includes(response.status)) return refuse({ kind: 'refused' });
		const outcome = RescueOutcome.safeParse(await response.json());
		return response.ok && outcome.success ? ok(outcome.data) : refuse({ kind: 'unreachable' });
	} catch {
		return refuse({ kind: 'unreachable' });
	}
}
