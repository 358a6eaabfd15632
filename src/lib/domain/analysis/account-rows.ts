import type { Behaviour } from '#domain/observation/behaviour.ts';
import type { Participant } from '#domain/observation/observation.ts';
import { UNKNOWN_CHILD } from './extras.ts';
import { grown } from './grown.ts';
import { room } from './room.ts';
import type { RosterNumbers } from './roster-numbers.ts';
import { behaviourCode, violenceOf } from './traits.ts';

export const INSTIGATOR = 0;
const VICTIM = 1;

/** What accounts say, a row each. Numbers of ids count from 1 here where 0 is none. */
export interface GatheredRows {
	readonly place: Uint32Array;
	readonly traits: Uint16Array;
	/** The function, and whether a child is known in words only. */
	readonly extras: Uint16Array;
	readonly victimGroup: Uint32Array;
	/** Where the account's participants and behaviours start; they end where the next account's start. */
	readonly participantStart: Uint32Array;
	readonly behaviourStart: Uint32Array;
	/** Pupil number from 0 × 2 + role; children without a name and other roles left out. */
	readonly participants: Uint32Array;
	readonly behaviours: Uint8Array;
}

/** What reporter and coordinator both say. */
interface Account {
	readonly placeId: string | null;
	readonly victimGroupId: string | null;
	readonly participants: readonly Participant[];
	readonly behaviours: readonly Behaviour[];
}

/** Writes accounts down as numbers, one after the other. */
export class AccountRows {
	readonly #roster: RosterNumbers;
	#rows = 0;
	#place: Uint32Array;
	#traits: Uint16Array;
	#extras: Uint16Array;
	#victimGroup: Uint32Array;
	#participantStart: Uint32Array;
	#behaviourStart: Uint32Array;
	#participants: Uint32Array;
	#behaviours: Uint8Array;

	constructor(roster: RosterNumbers, capacity: number) {
		this.#roster = roster;
		this.#place = room(Uint32Array, capacity);
		this.#traits = room(Uint16Array, capacity);
		this.#extras = room(Uint16Array, capacity);
		this.#victimGroup = room(Uint32Array, capacity);
		this.#participantStart = room(Uint32Array, capacity + 1);
		this.#behaviourStart = room(Uint32Array, capacity + 1);
		this.#participants = room(Uint32Array, capacity * 2);
		this.#behaviours = room(Uint8Array, capacity * 2);
	}

	/** Returns the row. `traits` and `extras`: what is known of it already. */
	add(account: Account, traits: number, extras: number): number {
		const row = this.#rows++;
		if (row === this.#traits.length) this.#grow();
		let participantEnd = this.#participantStart[row] ?? 0;
		let behaviourEnd = this.#behaviourStart[row] ?? 0;
		while (participantEnd + account.participants.length > this.#participants.length) {
			this.#participants = grown(this.#participants);
		}
		while (behaviourEnd + account.behaviours.length > this.#behaviours.length) {
			this.#behaviours = grown(this.#behaviours);
		}

		let all = traits;
		let more = extras;
		for (const behaviour of account.behaviours) {
			const code = behaviourCode(behaviour);
			this.#behaviours[behaviourEnd++] = code;
			all |= violenceOf(code);
		}
		const { pupils, places, groups } = this.#roster;
		for (const each of account.participants) {
			if (each.role !== 'instigator' && each.role !== 'victim') continue;
			if (!('pupilId' in each)) {
				more |= UNKNOWN_CHILD;
				continue;
			}
			const role = each.role === 'victim' ? VICTIM : INSTIGATOR;
			this.#participants[participantEnd++] = pupils.numberOf(each.pupilId) * 2 + role;
		}
		this.#place[row] = account.placeId === null ? 0 : places.numberOf(account.placeId) + 1;
		this.#victimGroup[row] = account.victimGroupId === null ? 0 : groups.numberOf(account.victimGroupId) + 1;
		this.#traits[row] = all;
		this.#extras[row] = more;
		this.#participantStart[row + 1] = participantEnd;
		this.#behaviourStart[row + 1] = behaviourEnd;
		return row;
	}

	gather(): GatheredRows {
		return {
			...{ place: this.#place, traits: this.#traits, extras: this.#extras, victimGroup: this.#victimGroup },
			...{ participantStart: this.#participantStart, behaviourStart: this.#behaviourStart },
			...{ participants: this.#participants, behaviours: this.#behaviours },
		};
	}

	#grow(): void {
		this.#place = grown(this.#place);
		this.#traits = grown(this.#traits);
		this.#extras = grown(this.#extras);
		this.#victimGroup = grown(this.#victimGroup);
		this.#participantStart = grown(this.#participantStart);
		this.#behaviourStart = grown(this.#behaviourStart);
	}
}
