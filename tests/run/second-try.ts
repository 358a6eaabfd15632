import { FILE_ITSELF, toText, type Failure, type RunTally, type Tally } from './tally.ts';

/** More than this is no busy machine. */
const MOST_TRIED_AGAIN = 5;

/** fast-check draws other values the next time: passing then would prove nothing. */
const FOUND_BY_CHANCE = /Property failed after/;

/**
 * Which failures are tried once more, by themselves: a machine that was busy for a moment must not cost a whole run, and
 * what is broken fails again. @returns none where that could hide something.
 */
export function worthASecondTry({ failures }: RunTally): readonly Failure[] {
	const isSettled = failures.some(({ file, reason }) => file === '' || FOUND_BY_CHANCE.test(reason));
	return isSettled || failures.length > MOST_TRIED_AGAIN ? [] : failures;
}

/** @param second the failures of `first` again; nothing where they were not tried or the run died. */
export function afterSecondTry(first: RunTally, second?: RunTally): Tally {
	const unstable = first.failures.filter((failure) => second && hasMended(second, failure));
	const mended = new Set(unstable);
	const standing = new Map(
		[...first.failures.filter((failure) => !mended.has(failure)), ...(second?.failures ?? [])].map((failure) => [
			keyOf(failure),
			failure,
		]),
	);
	return {
		passed: first.passed.length + unstable.length,
		failed: standing.size,
		failures: [...standing.values()].map(toText),
		unstable: unstable.map(toText),
	};
}

/** Seen to pass: not failing because it did not run is not enough. */
function hasMended({ passed, failures }: RunTally, { file, name }: Failure): boolean {
	if (name !== FILE_ITSELF) return passed.some((test) => test.file === file && test.name === name);
	return passed.some((test) => test.file === file) && !failures.some((failure) => failure.file === file);
}

function keyOf({ file, name }: Failure): string {
	return `${file}\n${name}`;
}
