import type { AccountProblem } from '#lib/device/ask-server.ts';
import * as m from '#lib/i18n/generated/messages.js';

const TEXT = {
	refused: m.account_problem_refused,
	wait: m.account_problem_wait,
	tooShort: m.account_problem_too_short,
	common: m.account_problem_common,
	nameTaken: m.account_problem_name_taken,
	wrongCurrent: m.account_problem_wrong_current,
	signInAgain: m.account_problem_sign_in_again,
	lastFactor: m.account_problem_last_factor,
	notAllowed: m.account_problem_not_allowed,
	signedOut: m.account_problem_signed_out,
	notThere: m.account_problem_not_there,
	noAuthenticator: m.account_problem_no_authenticator,
	unreachable: m.sign_in_unreachable_short,
} satisfies Record<AccountProblem['kind'], (inputs: { seconds: number }) => string>;

/** What went wrong with an account, and what to do about it. */
export function problemText({ kind, waitS = 60 }: AccountProblem): string {
	return TEXT[kind]({ seconds: waitS });
}
