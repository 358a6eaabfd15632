import { untrack } from 'svelte';
import type { Look } from '#domain/access/looks.ts';
import type { Device } from '#lib/device/device.ts';
import { allInSight, noteLook, tellLooks } from '#lib/device/looks.ts';

/** Pages about no child in particular; `capture` shows only what is being written there. */
const NAMES_NOBODY = /^\/($|account|capture|figures|invitation|people|protocols|quality|settings|sign-in)/;

type About = Look['about'][];

/** The one child, or the children of the one case, that the page at this address is about; nobody where it is not there. */
function childrenAt({ documents }: Device, path: string): About {
	const [, room, id = ''] = path.split('/');
	if (room === 'cases') return documents.get('case', id)?.pupils.map(({ pupilId }) => pupilId) ?? [];
	const pupil = room === 'pupils' ? documents.get('pupil', id) : undefined;
	return pupil ? [pupil.id] : [];
}

/** Whom a print of the page at this address takes along: also a group, or everybody one may read about. */
function printedAt(device: Device, path: string): About {
	const { session, documents } = device;
	if (!session || NAMES_NOBODY.test(path)) return [];
	const [, room = '', id] = path.split('/');
	if (id === undefined || !['pupils', 'cases', 'groups'].includes(room)) return allInSight(session);
	if (room !== 'groups') return childrenAt(device, path);
	const group = documents.get('group', id);
	return group ? [group.id] : [];
}

/** From here on each opening of a page about one child or one case is written down, and each print. */
export function watchLooks(device: Device) {
	void tellLooks(device);
	addEventListener('online', () => void tellLooks(device));
	addEventListener('beforeprint', () => void noteLook(device, 'print', printedAt(device, location.pathname)));

	let openPath = '';
	let isNoted = false;
	return {
		/**
		 * Notes once that the page at this address was opened. A page can be open before the first sync has brought its
		 * child: called in an effect, this reads the documents until the child is there, and not after.
		 */
		opened(path: string): void {
			if (path !== openPath) isNoted = false;
			openPath = path;
			const about = isNoted ? [] : childrenAt(device, path);
			if (about.length === 0) return;
			isNoted = true;
			const kind = path.startsWith('/cases/') ? 'case' : 'page';
			untrack(() => void noteLook(device, kind, about));
		},
	};
}
