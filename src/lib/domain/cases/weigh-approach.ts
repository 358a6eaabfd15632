/** The two ways of going about it (5B-05). */
export type Approach = 'nonConfronting' | 'confronting';

/** Four points, each leaning to one side: recent or long-running, its gravity, the instigator's standing, trust in the group. */
const POINTS: Readonly<Record<string, Readonly<Record<string, Approach>>>> = {
	duration: { recent: 'nonConfronting', longRunning: 'confronting' },
	gravity: { less: 'nonConfronting', heavy: 'confronting' },
	standing: { little: 'nonConfronting', much: 'confronting' },
	trustInGroup: { high: 'nonConfronting', alone: 'confronting' },
};

export interface Weight {
	readonly nonConfronting: number;
	readonly confronting: number;
	/** How many points nobody answered yet. */
	readonly open: number;
}

/** How the answers weigh; which way to go is for a person to choose (D9). Null: this step does not ask for it. */
export function weighApproach(
	fields: readonly { readonly key: string }[],
	answers: Readonly<Record<string, unknown>>,
): Weight | null {
	if (!Object.keys(POINTS).every((point) => fields.some(({ key }) => key === point))) return null;
	const leanings = Object.entries(POINTS).map(([point, sides]) => sides[String(answers[point])]);
	const count = (side: Approach | undefined) => leanings.filter((each) => each === side).length;
	return { nonConfronting: count('nonConfronting'), confronting: count('confronting'), open: count(undefined) };
}
