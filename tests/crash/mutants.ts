import { mutant, type Mutant } from '#tests/simulation/source-change.ts';

const OUTSIDE = 'sync-server/notify/outside.ts';
const SEND = 'if (isNew(told.mail)) await mail.send(';
const NOTE = "await wishBook.noteTold(wishes, 'mail', { on: today, keys });";

/** What would lose or double what people are told outside the app: the kills of a morning must find each of them. */
export const MUTANTS_OUTSIDE: readonly Mutant[] = [
	mutant('server notes a mail before it sends it', { file: OUTSIDE, find: SEND, replace: `${NOTE} ${SEND}` }),
	mutant('server does not note what it mailed', { file: OUTSIDE, find: NOTE, replace: '' }),
];
