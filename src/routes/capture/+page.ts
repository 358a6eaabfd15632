import { loadCaptureStart } from '#lib/features/capture/kept.ts';
import type { PageLoad } from './$types';

/** The draft is read before the screen stands, so that nothing jumps when it appears. */
export const load: PageLoad = async ({ parent, url }) => {
	const { device } = await parent();
	const { searchParams } = url;
	return {
		start: await loadCaptureStart(device, { correct: searchParams.get('correct'), again: searchParams.get('again') }),
	};
};
