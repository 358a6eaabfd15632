/** Names of databases that more than one room needs to know. */

export const ACCOUNTS_DATABASE = 'accounts';

/** What servers tell each other about who works; worth nothing a minute later. */
export const LEASES_DATABASE = 'leases';

/** What was erased from a school; a backup of one is worth nothing without the other. */
export const DENIED_PREFIX = 'denied_';
