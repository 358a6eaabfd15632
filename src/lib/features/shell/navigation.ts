import BellRing from '@lucide/svelte/icons/bell-ring';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import IdCard from '@lucide/svelte/icons/id-card';
import FileWarning from '@lucide/svelte/icons/file-warning';
import Inbox from '@lucide/svelte/icons/inbox';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Plus from '@lucide/svelte/icons/circle-plus';
import Footprints from '@lucide/svelte/icons/footprints';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Settings from '@lucide/svelte/icons/settings';
import Users from '@lucide/svelte/icons/users';
import type { Role } from '#domain/school/roster.ts';
import * as m from '#lib/i18n/generated/messages.js';

export interface Destination {
	readonly href: string;
	readonly label: () => string;
	readonly icon: typeof Inbox;
}

const CAPTURE: Destination = { href: '/capture', label: m.nav_capture, icon: Plus };
const MINE: Destination = { href: '/mine', label: m.nav_mine, icon: ListChecks };
const INBOX: Destination = { href: '/inbox', label: m.nav_inbox, icon: Inbox };
const ANALYSIS: Destination = { href: '/analysis', label: m.nav_analysis, icon: ChartColumn };
const OVERVIEW: Destination = { href: '/overview', label: m.nav_overview, icon: LayoutDashboard };
const ROUNDS: Destination = { href: '/rounds', label: m.nav_rounds, icon: Footprints };
const GROUPS: Destination = { href: '/groups', label: m.nav_groups, icon: Users };
const CASES: Destination = { href: '/cases', label: m.nav_cases, icon: RefreshCw };
const REMINDERS: Destination = { href: '/reminders', label: m.nav_reminders, icon: BellRing };
const PEOPLE: Destination = { href: '/people', label: m.nav_people, icon: IdCard };
const QUARANTINE: Destination = { href: '/not-accepted', label: m.nav_quarantine, icon: FileWarning };
const SETTINGS: Destination = { href: '/settings', label: m.nav_settings, icon: Settings };

const BY_ROLE = {
	supervisor: [CAPTURE, MINE, REMINDERS, SETTINGS],
	teacher: [GROUPS, CAPTURE, MINE, CASES, REMINDERS, SETTINGS],
	coordinator: [INBOX, OVERVIEW, ANALYSIS, ROUNDS, GROUPS, CASES, REMINDERS, CAPTURE, MINE, QUARANTINE, SETTINGS],
	generalCoordinator: [
		INBOX,
		OVERVIEW,
		ANALYSIS,
		ROUNDS,
		GROUPS,
		CASES,
		REMINDERS,
		CAPTURE,
		MINE,
		QUARANTINE,
		SETTINGS,
	],
	principal: [OVERVIEW, ROUNDS, ANALYSIS, GROUPS, CASES, REMINDERS, CAPTURE, MINE, SETTINGS],
	counsellor: [CASES, REMINDERS, CAPTURE, MINE, SETTINGS],
	confidant: [CASES, REMINDERS, CAPTURE, MINE, SETTINGS],
	administrator: [PEOPLE, SETTINGS],
	board: [OVERVIEW, SETTINGS],
} as const satisfies Record<Role, readonly Destination[]>;

/** From the widest role down: a coordinator who also teaches sees the coordinator's menu. */
const WIDEST_FIRST: readonly Role[] = [
	'generalCoordinator',
	'coordinator',
	'principal',
	'teacher',
	'confidant',
	'counsellor',
	'supervisor',
	'administrator',
	'board',
];

/** Where a person can go, the first being home. */
export function destinationsFor(roles: readonly Role[]): readonly Destination[] {
	const widest = WIDEST_FIRST.find((role) => roles.includes(role)) ?? 'supervisor';
	return BY_ROLE[widest];
}
