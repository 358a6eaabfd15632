import { readRescueFile, type RescueProblem } from '#domain/sync/rescue.ts';
import type { HostWork } from '#server/control/host-work.ts';
import { takeInRescue } from '#server/rescue/take-in.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';

const PROBLEMS: Readonly<Record<RescueProblem['kind'], string>> = {
	otherFile: 'This is no rescue file of Pleinwacht.',
	newerFile: 'A newer app wrote this file. Update the server, and offer it again.',
	damaged: 'This file is damaged: it was cut off or changed on its way. Have the device write it again.',
};

/** `text`: the file as it is. */
export const rescueForHost: HostWork<{ readonly text: string }> = async (schools, { text }, print) => {
	const file = readRescueFile(text);
	if (!file.ok) throw new StartUpProblem(PROBLEMS[file.error.kind]);
	const school = schools.get(file.value.schoolId);
	if (!school) throw new StartUpProblem('This file is of a school that is not on this server.');
	const { name, stored, known, erased, refused } = await takeInRescue(school, file.value, new Date(), null);
	await print(`From the device of ${name ?? 'somebody who has left'}, written ${file.value.madeAt}:\n`);
	await print(`${stored} taken in, ${known} known already, ${erased} erased since, ${refused} not taken.\n`);
	if (refused > 0) await print('What was not taken waits for the coordinator, under "not accepted".\n');
};
