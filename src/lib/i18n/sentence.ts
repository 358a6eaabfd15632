import type { Behaviour } from '#domain/observation/behaviour.ts';
import {
	basketOf,
	childrenIn,
	isGood,
	openSlots,
	victimGroupOf,
	type ObservationDraft,
	type OpenSlot,
} from '#domain/observation/draft.ts';
import type { Observation, Participant } from '#domain/observation/observation.ts';
import { spokenKind } from '#domain/observation/when.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import { dateOf, type LocalDate, type LocalDateTime } from '#domain/time/local-time.ts';
import * as m from './generated/messages.js';
import { placePhrase } from './place.ts';
import {
	capitalised,
	fill,
	listed,
	openToken,
	plain,
	type SentenceSlot,
	type SentenceToken,
	type SentenceTone,
} from './sentence-tokens.ts';
import { behaviourName } from './terms.ts';
import { formatDay, formatWhen } from './when.ts';

/** What the sentence is made from; an observation and an incident both are. */
export type SentenceFacts = Pick<
	Observation,
	'victimGroupId' | 'digital' | 'basket' | 'placeId' | 'outsideSchool' | 'occurredAt'
> & {
	readonly participants: readonly Participant[];
	readonly behaviours: readonly Behaviour[];
	readonly precision?: Observation['precision'];
};

export type SentenceRoster = Pick<RosterIndex, 'shortName' | 'groupOf' | 'group' | 'place' | 'places'>;

type Content = Omit<SentenceFacts, 'occurredAt' | 'precision' | 'basket'> & {
	readonly good: boolean;
	readonly open: readonly OpenSlot[];
	readonly when: string;
};

/** As it was told: an incident reads like the observations it was made from. */
export function toldSentence(
	observation: SentenceFacts,
	roster: SentenceRoster,
	options: { readonly today?: LocalDate } = {},
): SentenceToken[] {
	const { occurredAt, precision } = observation;
	const good = observation.basket === 'green';
	return sentence(
		{ ...observation, good, open: [], when: formatWhen(occurredAt, { today: options.today, precision }) },
		roster,
	);
}

/** The sentence as it writes itself: what is open stands in it as a question. */
export function draftSentence(draft: ObservationDraft, roster: SentenceRoster, now: LocalDateTime): SentenceToken[] {
	return sentence(
		{
			...draft,
			victimGroupId: victimGroupOf(draft, roster),
			good: isGood(draft) || basketOf(draft) === 'green',
			open: openSlots(draft, roster),
			when: draftWhen(draft, now),
		},
		roster,
	);
}

const behaviourInSentence: Readonly<Partial<Record<Behaviour, () => string>>> = {
	kindness: m.sentence_kindness,
};

const MARKS = {
	who: '{who}',
	victim: '{victim}',
	what: '{what}',
	place: '{place}',
	when: '{when}',
	bystanders: '{bystanders}',
};

function sentence(content: Content, roster: SentenceRoster): SentenceToken[] {
	const { good, open } = content;
	const by = childrenIn({ participants: content.participants.map(unturned) }, 'instigator');
	const at = childrenIn({ participants: content.participants.map(unturned) }, 'victim');
	const bystanders = childrenIn(content, 'bystander');

	const who = open.includes('who')
		? [openToken('who', m.sentence_open_who())]
		: by.length === 0
			? [{ text: m.sentence_someone(), tone: 'detail', slot: 'who' } as const]
			: children(by, roster, { tone: good ? 'good' : 'instigator', slot: 'who' });
	const victim = open.includes('victim')
		? [openToken('victim', m.sentence_open_victim())]
		: victims(at, content.victimGroupId, roster, good ? 'good' : 'victim');
	const what = open.includes('what') ? [openToken('what', m.sentence_open_what())] : whatTokens(content, roster);

	const many = by.length > 1;
	const parts = { who, victim, what };
	const template = good ? (many ? GOOD_MANY : GOOD_ONE) : many ? TOO_FAR_MANY : TOO_FAR_ONE;
	const first = fill(victim.length > 0 ? template.withVictim(MARKS) : template.alone(MARKS), parts);
	const second = fill(m.sentence_where_when(MARKS), {
		place: placeTokens(content, roster),
		when: [{ text: content.when, tone: 'detail', slot: 'when' }],
	});
	const third =
		bystanders.length === 0
			? []
			: fill(m.sentence_bystanders(MARKS), { bystanders: children(bystanders, roster, { tone: 'detail' }) });
	return [first, second, third]
		.filter((each) => each.length > 0)
		.flatMap((each, index) => {
			const tokens = capitalised(each);
			return index === 0 ? tokens : [plain(' '), ...tokens];
		});
}

const TOO_FAR_ONE = { withVictim: m.sentence_too_far_one_victim, alone: m.sentence_too_far_one };
const TOO_FAR_MANY = { withVictim: m.sentence_too_far_many_victim, alone: m.sentence_too_far_many };
const GOOD_ONE = { withVictim: m.sentence_good_one_victim, alone: m.sentence_good_one };
const GOOD_MANY = { withVictim: m.sentence_good_many_victim, alone: m.sentence_good_many };

const DRAFT_ROLE = { contributor: 'instigator', beneficiary: 'victim' } as const;

/** A contributor stands where an instigator stands, a beneficiary where a victim does. */
function unturned(participant: Participant): Participant {
	const { role } = participant;
	return role === 'contributor' || role === 'beneficiary' ? { ...participant, role: DRAFT_ROLE[role] } : participant;
}

function victims(
	victims: readonly Participant[],
	groupId: string | null,
	roster: SentenceRoster,
	tone: SentenceTone,
): SentenceToken[] {
	const tokens = childTokens(victims, roster, { tone, slot: 'victim' });
	if (groupId) {
		const text = m.sentence_whole_group({ group: roster.group(groupId)?.name ?? '?' });
		tokens.push({ text, tone, slot: 'victim' });
	}
	return listed(tokens);
}

function whatTokens(content: Content, roster: SentenceRoster): SentenceToken[] {
	const names = content.behaviours.map((behaviour) => (behaviourInSentence[behaviour] ?? behaviourName[behaviour])());
	const onlinePlace = roster.place(content.placeId ?? '')?.kind === 'online';
	if (content.digital && !onlinePlace) names.push(m.digital());
	return names.flatMap((text, index) => {
		const token: SentenceToken = { text, tone: content.good ? 'good' : 'detail', slot: 'what' };
		return index === 0 ? [token] : [plain(', '), token];
	});
}

function placeTokens(content: Content, roster: SentenceRoster): SentenceToken[] {
	if (content.open.includes('place')) return [openToken('place', m.sentence_open_place())];
	const place = roster.place(content.placeId ?? '');
	const outside: SentenceToken[] = content.outsideSchool
		? [{ text: m.sentence_outside_school(), tone: 'detail', slot: 'place' }]
		: [];
	if (!place) return outside;
	const { before, name } = placePhrase(place);
	const inside: SentenceToken[] = [
		...(before ? [plain(before)] : []),
		{ text: name, tone: 'detail' as const, slot: 'place' as const },
	];
	return outside.length > 0 ? [...outside, plain(', '), ...inside] : inside;
}

function draftWhen({ when }: ObservationDraft, now: LocalDateTime): string {
	const kind = spokenKind(when, now);
	const today = dateOf(now);
	switch (kind) {
		case 'now':
			return m.when_now();
		case 'tenMinutesAgo':
			return m.when_ten_minutes_ago();
		case 'halfHourAgo':
			return m.when_half_hour_ago();
		case 'morningBreak':
			return m.when_morning_break();
		case 'lastLunch':
			return m.when_lunch_of({ day: formatDay(dateOf(when.at), today) });
		case 'exact':
			return formatWhen(when.at, { today, precision: when.precision });
	}
}

type Look = Pick<SentenceToken, 'tone'> & { readonly slot?: SentenceSlot };

function children(participants: readonly Participant[], roster: SentenceRoster, look: Look): SentenceToken[] {
	return listed(childTokens(participants, roster, look));
}

/** `Daan en Milan (6A)`: a group is named once after its last child in a row. */
function childTokens(participants: readonly Participant[], roster: SentenceRoster, look: Look): SentenceToken[] {
	const groupName = (participant: Participant | undefined) =>
		participant && 'pupilId' in participant ? roster.groupOf(participant.pupilId)?.name : undefined;
	return participants.map((participant, index) => {
		if (!('pupilId' in participant))
			return { text: m.sentence_described({ description: participant.description }), name: true, ...look };
		const group = groupName(participant);
		const name = roster.shortName(participant.pupilId);
		const last = groupName(participants[index + 1]) !== group;
		return { text: group && last ? `${name} (${group})` : name, name: true, ...look };
	});
}
