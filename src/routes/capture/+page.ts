import { loadCaptureStart } from '#lib/features/capture/kept.ts';

/** The draft is read before the screen stands, so that nothing jumps when it appears. */
export async function load({ parent, url }) {
	const { device } = await parent();
	const { searchParams } = url;
	return {
		start: await loadCaptureStart(device, { correct: searchParams.get('correct'), again: searchParams.get('again') }),
	};
}
