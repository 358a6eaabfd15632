import type { Protocol } from '../protocol.ts';

/**
 * The reporting code for domestic violence and child abuse (DUK-07): map signals, consult, talk, weigh, decide. Read by the
 * few who work on it and nobody else.
 */
export const REPORTING_CODE: Protocol = {
	name: 'reportingCode',
	version: 1,
	restricted: true,
	consents: [],
	steps: [
		{
			key: 'signals',
			by: 'teacher',
			about: 'case',
			after: [],
			clock: { unit: 'schoolDays', from: 0, until: 1 },
			fields: [{ key: 'facts', kind: 'text' }],
			checks: ['factsOnly', 'alsoAgainst', 'confidantKnows'],
			sources: ['DUK-07'],
		},
		{
			key: 'consult',
			by: 'confidant',
			about: 'case',
			after: [[{ step: 'signals' }]],
			clock: { unit: 'schoolDays', from: 0, until: 2 },
			fields: [
				{ key: 'with', kind: 'people' },
				{ key: 'advice', kind: 'text' },
			],
			checks: ['expertAsked', 'veiligThuisAsked', 'specialForms'],
			sources: ['DUK-07'],
		},
		{
			key: 'talk',
			by: 'confidant',
			about: 'case',
			after: [[{ step: 'consult' }]],
			clock: { unit: 'schoolDays', from: 0, until: 4 },
			fields: [{ key: 'said', kind: 'text' }],
			checks: ['withParents', 'withChild', 'safeToTalk'],
			guide: 'parents',
			sources: ['DUK-07'],
		},
		{
			key: 'weigh',
			by: 'confidant',
			about: 'case',
			after: [[{ step: 'talk' }]],
			clock: { unit: 'schoolDays', from: 0, until: 2 },
			fields: [{ key: 'why', kind: 'text' }],
			checks: ['natureAndGravity', 'veiligThuisInDoubt'],
			outcomes: [{ key: 'noConcern', then: { kind: 'close', as: 'settled' } }, { key: 'concern' }, { key: 'unsafe' }],
			sources: ['DUK-07'],
		},
		{
			key: 'decide',
			by: 'confidant',
			about: 'case',
			after: [[{ step: 'weigh', outcome: 'concern' }]],
			clock: { unit: 'schoolDays', from: 0, until: 2 },
			fields: [{ key: 'help', kind: 'plan' }],
			outcomes: [{ key: 'helpOurselves' }, { key: 'report' }],
			sources: ['DUK-07'],
		},
		{
			key: 'report',
			within: 'decide',
			by: 'confidant',
			about: 'case',
			after: [[{ step: 'weigh', outcome: 'unsafe' }], [{ step: 'decide', outcome: 'report' }]],
			clock: { unit: 'schoolDays', from: 0, until: 0 },
			fields: [
				{ key: 'reportedOn', kind: 'day' },
				{ key: 'agreed', kind: 'text' },
			],
			checks: ['parentsToldOrWhyNot', 'principalKnows'],
			sources: ['DUK-07'],
		},
		{
			key: 'follow',
			within: 'decide',
			by: 'confidant',
			about: 'case',
			after: [[{ step: 'decide', outcome: 'helpOurselves' }], [{ step: 'report' }]],
			clock: { unit: 'days', from: 14, until: 20 },
			fields: [{ key: 'how', kind: 'text' }],
			outcomes: [
				{ key: 'safe', then: { kind: 'close', as: 'settled' } },
				{ key: 'notSafe', then: { kind: 'restart', at: ['signals'] } },
			],
			sources: ['DUK-07'],
		},
	],
};
