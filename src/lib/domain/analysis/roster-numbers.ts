import type { Calendar } from '#domain/calendar/calendar.ts';
import type { Group, Person, Place, Pupil, School, Sex } from '#domain/school/roster.ts';
import type { Thresholds } from '#domain/status/school-thresholds.ts';
import { dayNumber } from '#domain/time/local-time.ts';
import { ShortList } from './short-list.ts';
import { listOf, type Ulids } from './ulid-table.ts';

/** The last day of a pupil who is still at school, and of one the roster does not know. */
const STILL_HERE = 0x7fffffff;
export const NOT_IN_ROSTER = -0x80000000;

/** Ids that come back often, by number from 0. */
export interface GatheredIds {
	readonly ulids: Ulids;
	readonly texts: readonly string[];
}

/** Ids that come back, and what the school says of them. */
export interface GatheredRoster {
	readonly pupils: GatheredIds;
	readonly groups: GatheredIds;
	readonly places: GatheredIds;
	readonly persons: GatheredIds;
	/** Per pupil number from 0: the number of the group, and the last day at school (or `NOT_IN_ROSTER`). */
	readonly groupOfPupil: Uint32Array;
	readonly pupilUntil: Int32Array;
	readonly sexOfPupil: readonly (Sex | null)[];
	/** What the roster says of a number from 0; `null` where it says nothing. */
	readonly groupRoster: readonly (Group | null)[];
	readonly placeRoster: readonly (Place | null)[];
	readonly personRoster: readonly (Person | null)[];
	readonly schools: readonly School[];
	readonly thresholds: readonly Thresholds[];
	/** In the order of their ids. */
	readonly calendars: readonly Calendar[];
}

/** Whole numbers for pupils, groups, places and persons, whoever names them first, and what the roster says of each. */
export class RosterNumbers {
	readonly pupils = new ShortList();
	readonly groups = new ShortList();
	readonly places = new ShortList();
	readonly persons = new ShortList();
	readonly #rosterPupils = new Map<number, Pupil>();
	readonly #rosterGroups = new Map<number, Group>();
	readonly #rosterPlaces = new Map<number, Place>();
	readonly #rosterPersons = new Map<number, Person>();
	readonly #schools = new Map<string, School>();
	readonly #thresholds = new Map<string, Thresholds>();
	readonly #calendars = new Map<string, Calendar>();
	#gathered: (GatheredRoster & { readonly size: number }) | null = null;

	add(doc: Pupil | Group | Place | Person | Calendar | School | Thresholds): void {
		this.#gathered = null;
		if (doc.type === 'pupil') {
			this.#rosterPupils.set(this.pupils.numberOf(doc.id), doc);
			this.groups.numberOf(doc.groupId);
		} else if (doc.type === 'group') this.#rosterGroups.set(this.groups.numberOf(doc.id), doc);
		else if (doc.type === 'place') this.#rosterPlaces.set(this.places.numberOf(doc.id), doc);
		else if (doc.type === 'person') this.#rosterPersons.set(this.persons.numberOf(doc.id), doc);
		else if (doc.type === 'calendar') this.#calendars.set(doc.id, doc);
		else if (doc.type === 'thresholds') this.#thresholds.set(doc.id, doc);
		else this.#schools.set(doc.id, doc);
	}

	/** Made again only when it changed: it takes longer than one more observation does. */
	gather(): GatheredRoster {
		const lists = [this.pupils, this.groups, this.places, this.persons];
		const size = lists.reduce((sum, { texts }) => sum + texts.length, 0);
		if (!this.#gathered || this.#gathered.size !== size) this.#gathered = { ...this.#make(), size };
		return this.#gathered;
	}

	#make(): GatheredRoster {
		const groupOfPupil = new Uint32Array(this.pupils.texts.length);
		const pupilUntil = new Int32Array(groupOfPupil.length).fill(NOT_IN_ROSTER);
		for (const [number, pupil] of this.#rosterPupils) {
			groupOfPupil[number] = this.groups.numberOf(pupil.groupId) + 1;
			pupilUntil[number] = pupil.leftOn === undefined ? STILL_HERE : dayNumber(pupil.leftOn);
		}
		return {
			...{ pupils: idsOf(this.pupils), groups: idsOf(this.groups), places: idsOf(this.places) },
			...{ persons: idsOf(this.persons), groupOfPupil, pupilUntil },
			sexOfPupil: this.pupils.texts.map((_, number) => this.#rosterPupils.get(number)?.sex ?? null),
			groupRoster: this.groups.texts.map((_, number) => this.#rosterGroups.get(number) ?? null),
			placeRoster: this.places.texts.map((_, number) => this.#rosterPlaces.get(number) ?? null),
			personRoster: this.persons.texts.map((_, number) => this.#rosterPersons.get(number) ?? null),
			schools: [...this.#schools.values()],
			thresholds: [...this.#thresholds.values()],
			calendars: [...this.#calendars.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
		};
	}
}

function idsOf({ table, texts }: ShortList): GatheredIds {
	return { ulids: listOf(table), texts };
}
