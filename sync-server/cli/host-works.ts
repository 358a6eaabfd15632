import type { HostWork } from '#server/control/host-work.ts';
import { backUp } from './backup-work.ts';
import { eraseForHost } from './erase-work.ts';
import { exportSchool } from './export-work.ts';
import { listKeys, rotateKeys } from './keys-work.ts';
import { rescueForHost } from './rescue-work.ts';
import { foundSchool } from './school-work.ts';
import { addUser, listUsers, newCode, resetUser, signOutUser } from './user-work.ts';

/** Every command that reads or writes a school, by the name the command line and a running server know it by. */
export const HOST_WORKS = {
	'school add': foundSchool,
	'user add': addUser,
	'user list': listUsers,
	'user code': newCode,
	'user sign-out': signOutUser,
	'user reset': resetUser,
	'keys list': listKeys,
	'keys rotate': rotateKeys,
	export: exportSchool,
	backup: backUp,
	erase: eraseForHost,
	rescue: rescueForHost,
} satisfies Readonly<Record<string, HostWork<never>>>;

export type HostWorkName = keyof typeof HOST_WORKS;
export type InputOf<N extends HostWorkName> = Parameters<(typeof HOST_WORKS)[N]>[1];
