export type News = 'changed' | 'left';

/** Tells the other tabs of this person that the disk says something new. Carries no data: the disk is the truth. */
export interface Tabs {
	announce(news: News): void;
	/** One tab at a time; the others wait their turn. */
	alone<T>(run: () => Promise<T>): Promise<T>;
	close(): void;
}

export function openTabs(name: string, onNews: (news: News) => void): Tabs {
	const channel = new BroadcastChannel(name);
	channel.onmessage = (message: MessageEvent) => onNews(message.data === 'left' ? 'left' : 'changed');
	return {
		announce: (news) => channel.postMessage(news),
		alone: async (run) => {
			// Absent where the page is not secure (a school's own http address) and in tests: there is one tab then.
			if (!globalThis.navigator?.locks) return run();
			return await navigator.locks.request(name, run);
		},
		close: () => channel.close(),
	};
}
