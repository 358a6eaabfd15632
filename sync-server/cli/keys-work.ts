import type { HostWork } from '#server/control/host-work.ts';
import type { OfSchool } from './user-work.ts';
import { pickSchool } from './with-schools.ts';

export const listKeys: HostWork<OfSchool> = async (schools, input, print) => {
	for (const { keyId, madeAt } of pickSchool(schools, input.school).seal.keys()) await print(`${keyId}  ${madeAt}\n`);
};

export const rotateKeys: HostWork<OfSchool> = async (schools, input, print) => {
	const { keyId } = await pickSchool(schools, input.school).seal.rotate();
	await print(`From now on devices seal to ${keyId}. The older keys stay for what is on its way.\n`);
};
