import type { Doing } from './operations.ts';
import type { WireFault } from './wire.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A phone whose date somebody set by hand; also the day before and after. */
const MAX_SKEW_MS = 36 * HOUR;

/** What goes wrong. Each is a step of its own, so that a failure can be retold without the ones that do not matter. */
export const FAULTS = {
	offline: ({ device }: Doing) => void (device.online = false),
	online({ device }: Doing) {
		device.online = true;
		device.working.forEach(({ targets }) => targets?.sync());
	},
	requestLost: onWire(() => ({ kind: 'lost' })),
	answerLost: onWire(() => ({ kind: 'answerLost' })),
	doubled: onWire(({ dice }) => ({ kind: 'doubled', laterMs: dice.between(1, 5 * MINUTE) })),
	late: onWire(({ dice }) => ({ kind: 'late', ms: dice.between(25 * SECOND, 3 * MINUTE) })),
	slowAnswer: onWire(({ dice }) => ({ kind: 'slowAnswer', ms: 2 * MINUTE + dice.between(0, MINUTE) })),
	cut: onWire(({ dice }) => ({ kind: 'cut', share: dice.unit(), clean: dice.chance(0.5) })),
	refusedOnTheWay: onWire(({ dice }) => ({
		kind: 'status',
		status: dice.pick([401, 403, 409, 413, 426, 429, 500, 502, 503]),
		applied: dice.chance(0.5),
	})),
	portal: onWire(() => ({ kind: 'portal' })),
	tabKilled({ device, dice }: Doing) {
		const [tab] = device.tabs.length > 0 ? [dice.pick(device.tabs)] : [];
		if (tab) device.killTab(tab);
	},
	/** Also how an update comes in: the page goes and comes back, whatever it was doing. */
	tabReloaded({ device, dice }: Doing) {
		const [tab] = device.tabs.length > 0 ? [dice.pick(device.tabs)] : [];
		if (tab) device.killTab(tab);
		device.openTab();
	},
	/** Also amid a sync. It never goes back. */
	appUpdated({ world, device, dice }: Doing) {
		// Who has put an update off for so long does not hurry.
		const isPutOff = device.edition === 'protocol1' && dice.chance(0.8);
		if (device.edition !== world.app().edition && !isPutOff) device.update(world.app());
	},
	/** The servers come back as another version, with one field more in their schema. */
	serverUpgraded: ({ world }: Doing) => world.upgrade(),
	tabOpened({ device }: Doing) {
		if (device.tabs.length < 3) device.openTab();
	},
	deviceDiskFull: ({ device }: Doing) => void (device.disk.full = true),
	deviceDiskFreed: ({ device }: Doing) => void (device.disk.full = false),
	evicted: ({ device }: Doing) => device.evict(),
	clockWrong: ({ device, dice }: Doing) => void (device.skew = dice.between(-MAX_SKEW_MS, MAX_SKEW_MS)),
	clockRight: ({ device }: Doing) => void (device.skew = 0),
	serverKilled({ world, dice }: Doing) {
		dice.pick(world.servers).kill();
	},
	serverStarted({ world, dice }: Doing) {
		void dice.pick(world.servers).start();
	},
	otherServer: ({ device }: Doing) => void device.server++,
	serverDiskFails({ world, dice }: Doing) {
		world.serverDisk.failNextWrites(dice.pick(['failsBefore', 'failsAfter']));
	},
	sessionEnded({ world, device }: Doing) {
		const server = world.servers.find(({ isUp }) => isUp);
		if (server && device.session) void server.endSession(device.session.sessionId);
	},
	signIn: ({ device }: Doing) => void device.signIn(),
} satisfies Record<string, (doing: Doing) => void>;

function onWire(fault: (doing: Doing) => WireFault) {
	return (doing: Doing) => doing.device.wire.failNext(fault(doing));
}
