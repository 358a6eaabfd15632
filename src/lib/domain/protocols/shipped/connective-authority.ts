import type { Protocol, Step } from '../protocol.ts';

type Rung = Pick<Step, 'key' | 'pillars'> & Partial<Step>;

/** An action to pick when it fits: from the start, as often as needed. */
function action({ key, pillars, ...rest }: Rung): Step {
	return {
		key,
		by: 'teacher',
		about: 'case',
		after: [],
		optional: true,
		repeats: true,
		pillars,
		sources: ['DUK-04'],
		...rest,
	};
}

/** Comes back each time the action was taken. */
function backTo(key: string, within: string, until: number, pillars: Step['pillars']): Step {
	return {
		...{ key, within, by: 'teacher', about: 'case', after: [[{ step: within }]], optional: true, pillars },
		...{ clock: { unit: 'schoolDays', from: until > 1 ? 1 : 0, until }, sources: ['DUK-04'] },
	};
}

const ACTIONS: readonly Step[] = [
	action({ key: 'dayStart', pillars: ['presence', 'relation'] }),
	action({ key: 'relationGesture', pillars: ['relation', 'presence'] }),
	action({ key: 'bookmark', pillars: ['selfControl', 'resistance'], sources: ['DUK-03', 'DUK-04'] }),
	backTo('bookmarkTalk', 'bookmark', 2, ['relation', 'resistance']),
	action({ key: 'silentPresence', pillars: ['presence', 'selfControl'] }),
	action({
		key: 'support',
		pillars: ['network', 'presence'],
		fields: [{ key: 'who', kind: 'people' }],
	}),
	action({
		key: 'repair',
		pillars: ['relation', 'resistance'],
		fields: [{ key: 'what', kind: 'text' }],
		guide: 'restorative',
	}),
	action({
		key: 'solutionRequest',
		pillars: ['relation', 'resistance', 'network'],
		fields: [
			{ key: 'request', kind: 'text' },
			{ key: 'ownProposal', kind: 'text' },
		],
		sources: ['DUK-03', 'DUK-04'],
	}),
	backTo('solutionBack', 'solutionRequest', 5, ['relation', 'network']),
	action({
		key: 'refusal',
		pillars: ['relation', 'resistance', 'selfControl'],
		fields: [{ key: 'what', kind: 'text' }],
	}),
	action({
		key: 'announcement',
		pillars: ['presence', 'network', 'resistance'],
		fields: [
			{ key: 'letter', kind: 'text' },
			{ key: 'there', kind: 'people' },
		],
		documents: ['announcement'],
	}),
	action({
		key: 'guestClass',
		pillars: ['presence', 'network', 'resistance'],
		fields: [{ key: 'how', kind: 'text' }],
	}),
	backTo('welcomeBack', 'guestClass', 2, ['relation', 'presence']),
	action({
		key: 'phoneRound',
		pillars: ['network', 'resistance', 'presence'],
		fields: [{ key: 'called', kind: 'people' }],
	}),
	action({
		key: 'sitIn',
		pillars: ['network', 'resistance', 'presence'],
		mostMinutes: 30,
		fields: [{ key: 'proposal', kind: 'text' }],
		checks: ['prepared', 'noDiscussion', 'thanked'],
	}),
	backTo('sitInBack', 'sitIn', 3, ['presence', 'relation']),
	action({
		key: 'networkTalk',
		pillars: ['network', 'resistance', 'relation', 'presence'],
		fields: [
			{ key: 'there', kind: 'people' },
			{ key: 'agreed', kind: 'plan' },
		],
		guide: 'restorative',
	}),
	action({
		key: 'otherNetwork',
		pillars: ['network', 'resistance', 'presence'],
		fields: [{ key: 'what', kind: 'text' }],
	}),
	action({
		key: 'homeSchool',
		pillars: ['resistance', 'network', 'presence'],
		checks: ['ownCase'],
		sources: ['DUK-04', 'DUK-05'],
	}),
];

/**
 * Connective Authority as a ladder to pick from, small to large (DUK-04): each action with its pillars, each to be taken
 * again and again; what needs coming back to comes back. Every four weeks somebody looks whether it is enough.
 */
export const CONNECTIVE_AUTHORITY: Protocol = {
	name: 'connectiveAuthority',
	version: 1,
	consents: [],
	steps: [
		...ACTIONS,
		{
			key: 'evaluate',
			by: 'teacher',
			about: 'case',
			after: [],
			clock: { unit: 'days', from: 28, until: 34 },
			fields: [{ key: 'helps', kind: 'text' }],
			checks: ['inTeam', 'withParents'],
			outcomes: [
				{ key: 'stopped', then: { kind: 'close', as: 'stopped' } },
				{
					key: 'goOn',
					then: {
						kind: 'restart',
						at: [...ACTIONS.filter(({ after }) => after.length === 0).map(({ key }) => key), 'evaluate'],
					},
				},
			],
			documents: ['caseFile'],
			sources: ['DUK-04'],
		},
	],
};
