import type { Look } from '#domain/access/looks.ts';
import type { Device } from '#lib/device/device.ts';
import { allInSight, noteLook, tellLooks } from '#lib/device/looks.ts';

/** Pages about no child in particular; `capture` shows only what is being written there. */
const NAMES_NOBODY = /^\/($|account|capture|figures|invitation|people|protocols|quality|settings|sign-in)/;

/**
 * Whom the page at this address is about: one child, the children of one case, a group, or everybody one may read about.
 * Empty for a page without names, and for an address at which this person finds nothing.
 */
function aboutAt({ session, documents }: Device, path: string): Look['about'][] {
	if (!session || NAMES_NOBODY.test(path)) return [];
	const [, room, id = ''] = path.split('/');
	const own = { pupils: () => documents.get('pupil', id), groups: () => documents.get('group', id) };
	if (room === 'pupils' || (room === 'groups' && id)) return [own[room]()?.id ?? []].flat();
	if (room === 'cases' && id) return documents.get('case', id)?.pupils.map(({ pupilId }) => pupilId) ?? [];
	return allInSight(session);
}

/** From here on each opening of a page about one child or one case is written down, and each print. */
export function watchLooks(device: Device) {
	void tellLooks(device);
	addEventListener('online', () => void tellLooks(device));
	addEventListener('beforeprint', () => void noteLook(device, 'print', aboutAt(device, location.pathname)));
	return {
		opened(path: string): void {
			const kind = { pupils: 'page', cases: 'case' } as const;
			const room = path.split('/')[1];
			if (room !== 'pupils' && room !== 'cases') return;
			// The list of cases and the form for a new one are about no child yet.
			const about = path.split('/').length > 2 ? aboutAt(device, path) : [];
			void noteLook(device, kind[room], about);
		},
	};
}
