import { createSubscriber } from 'svelte/reactivity';

/** Nobody sees a clock that is half a minute late. */
const LOOK_MS = 30_000;

const follow = createSubscriber((update) => {
	const timer = setInterval(update, LOOK_MS);
	// A phone that was asleep looks at once.
	document.addEventListener('visibilitychange', update);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', update);
	};
});

/** What time it is, for a page that stays open all day: what reads it is worked out anew as time goes on. */
export function currentMinute(): Date {
	follow();
	return new Date();
}
