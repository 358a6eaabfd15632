import { FIRST_SLOT, ONLY_SLOT } from '#domain/accounts/slots.ts';
import type { PersonId } from '#domain/id.ts';
import type { Result } from '#domain/result.ts';
import type { Session, SignInRequest } from '#domain/session.ts';
import { postSignIn } from './account.ts';
import type { SignInProblem } from './device.ts';
import { changePhone } from './kept-phone.ts';
import { addOwed } from './owed-sign-outs.ts';
import { speakFor } from './own-slot.ts';
import type { SettingsDatabase } from './settings-database.ts';

/**
 * The first of the people of a shared phone: once the server let them in, it is one. Who was signed in here before, on
 * a device of their own, signs in anew like everybody; what they wrote goes out first.
 */
export async function signInAsFirst(
	settings: SettingsDatabase,
	request: SignInRequest,
	former: PersonId | null,
): Promise<Result<Session, SignInProblem>> {
	speakFor(FIRST_SLOT);
	const answer = await postSignIn(request);
	if (!answer.ok) {
		speakFor(ONLY_SLOT);
		return answer;
	}
	await changePhone(settings, (people) => people);
	await settings.write('pinDemanded', true);
	await addOwed(settings, { slot: ONLY_SLOT, personId: former });
	return answer;
}
