import { diceFor, weighted, type Dice } from '#server/demo/random.ts';
import { FAULTS } from './faults.ts';
import { OPERATIONS } from './operations.ts';
import { DEVICES } from './small-school.ts';

const DOINGS = { ...OPERATIONS, ...FAULTS };
export type DoingName = keyof typeof DOINGS;

/**
 * One step of a history. It holds all it needs: `n` is the seed of its own dice, so leaving out one step leaves the
 * others as they were, and a failure can be shortened.
 */
export interface Step {
	readonly do: DoingName;
	/** Index of the device, where one is meant. */
	readonly device: number;
	readonly n: number;
	/** Virtual milliseconds after it. */
	readonly wait: number;
	/** Nobody is at school meanwhile: machines sleep, and all that is due comes at once afterwards. */
	readonly asleep?: true;
}

export const doingOf = (name: DoingName) => DOINGS[name];

/** How often each happens. Work is what a school does all day; the rest is what the weather is like. */
const ODDS = weighted<DoingName>([
	['log', 14],
	['correct', 6],
	['withdraw', 2],
	['undo', 4],
	['process', 8],
	['merge', 4],
	['openCase', 3],
	['writeInCase', 6],
	['shareCase', 4],
	['decide', 3],
	['rescueSaved', 1.5],
	['rescueOffered', 1.5],
	['rescueAtServer', 1],
	['signOut', 0.7],
	['personComes', 0.5],
	['erase', 1],
	['yearPasses', 0.3],
	['backup', 0.7],
	['restore', 0.5],
	['sync', 4],
	['lookAway', 3],
	['pupilMoves', 2],
	['pupilComes', 1],
	['groupComes', 0.5],
	['rightsChange', 2],
	['offline', 3],
	['online', 5],
	['requestLost', 2],
	['answerLost', 3],
	['doubled', 2],
	['late', 2],
	['slowAnswer', 1],
	['cut', 2],
	['refusedOnTheWay', 3],
	['portal', 1],
	['tabKilled', 2],
	['tabReloaded', 3],
	['tabOpened', 2],
	['appUpdated', 3],
	['serverUpgraded', 2],
	['personLeaves', 0.7],
	['personReturns', 1],
	['pupilLeaves', 0.5],
	['evicted', 0.5],
	['deviceDiskFull', 1],
	['deviceDiskFreed', 2],
	['clockWrong', 1],
	['clockRight', 2],
	['serverKilled', 2],
	['serverStarted', 4],
	['otherServer', 1],
	['serverDiskFails', 1],
	['sessionEnded', 1],
	['signIn', 2],
]);

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** The history a seed stands for. */
export function stepsOf(seed: number, count: number): Step[] {
	const dice = diceFor(seed, 'steps');
	return Array.from({ length: count }, () => {
		const doing = ODDS.at(dice.unit());
		const step = { do: doing, device: dice.between(0, DEVICES.length - 1), n: dice.bits(), ...pause(dice) };
		return doing === 'yearPasses' ? { ...step, wait: dice.between(355, 375) * DAY, asleep: true } : step;
	});
}

/** Mostly the next thing comes at once, sometimes after a lesson, now and then after a night. */
function pause(dice: Dice): Pick<Step, 'wait' | 'asleep'> {
	const kind = dice.unit();
	if (kind < 0.6) return { wait: dice.between(0, 300) };
	if (kind < 0.9) return { wait: dice.between(0, 30 * SECOND) };
	if (kind < 0.98) return { wait: dice.between(0, 10 * 60 * SECOND) };
	return { wait: dice.between(HOUR, 40 * HOUR), asleep: true };
}
