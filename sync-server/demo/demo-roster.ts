import { idOf, type GroupId } from '#domain/id.ts';
import type { Group, Person, Place, Pupil, School, Site } from '#domain/school/roster.ts';
import { USUAL_PLACES } from '#domain/school/usual-places.ts';
import { drawName } from './names.ts';
import { diceFor, type Dice } from './random.ts';
import { seededUlid } from './seeded-ulid.ts';

/** Groups 1–8 twice hold the 433 pupils of the example school (domain figures). */
const YEAR_GROUPS = 8;
const PUPILS_PER_PARALLEL = 216;
const PUPILS_PER_SUPERVISOR = 110;
const MIN_SUPERVISORS = 3;

/** Everybody of the roster was entered on one day before the first school year: ids do not follow `today`. */
const ENTERED_AT_MS = Date.UTC(2025, 5, 2);

export interface DemoRoster {
	readonly school: School;
	readonly site: Site;
	readonly groups: readonly Group[];
	/** Per group, in the order of `groups`. */
	readonly pupilsByGroup: readonly (readonly Pupil[])[];
	readonly places: readonly Place[];
	readonly supervisors: readonly Person[];
	/** One a group, in the order of `groups`. */
	readonly teachers: readonly Person[];
	readonly coordinator: Person;
	readonly principal: Person;
	readonly board: Person;
	readonly confidant: Person;
}

const SUPERVISOR_NAMES = ['Sanne Wolters', 'Achmed Tahiri', 'Ria Postma', 'Denise Isenia', 'Marek Nowicki'];
const COORDINATOR_NAME = 'Marjolein Kuipers';
const PRINCIPAL_NAME = 'Ingrid Hoekstra';
const BOARD_NAME = 'Wim Verhoeven';
const CONFIDANT_NAME = 'Yvonne Admiraal';

/** Invented children and adults; the same seed and number give the same school on any day. */
export function makeDemoRoster(pupils: number, seed: number): DemoRoster {
	const dice = diceFor(seed, 'roster');
	const ulid = () => seededUlid(ENTERED_AT_MS, dice);
	const steeringDice = diceFor(seed, 'steering');
	const schoolId = idOf('school', ulid());
	const siteId = idOf('site', ulid());
	const school: School = {
		...{ type: 'school', v: 1, id: schoolId, name: 'Demoschool Het Zonneplein', zone: 'Europe/Amsterdam' },
		...{ region: 'middle', keepsSex: false, demo: true },
	};
	const site: Site = { type: 'site', v: 1, id: siteId, schoolId, name: 'Hoofdgebouw' };

	const parallels = Math.max(1, Math.round(pupils / PUPILS_PER_PARALLEL));
	const groups = Array.from({ length: YEAR_GROUPS * parallels }, (_, index): Group => {
		const year = Math.floor(index / parallels) + 1;
		const name = `${year}${parallelName(index % parallels)}`;
		return { type: 'group', v: 1, id: idOf('group', ulid()), schoolId, siteId, name, yearGroups: [year] };
	});
	const places = USUAL_PLACES.map(([name, kind], rank): Place => ({
		type: 'place',
		v: 1,
		id: idOf('place', ulid()),
		schoolId,
		siteId,
		name,
		kind,
		rank,
	}));

	const person = (name: string, role: Person['roles'][number], groupIds: GroupId[]): Person => ({
		...{ type: 'person', v: 1, id: idOf('person', ulid()), schoolId, name, roles: [role], groupIds },
	});
	const supervisorCount = Math.max(MIN_SUPERVISORS, Math.round(pupils / PUPILS_PER_SUPERVISOR));
	const supervisors = Array.from({ length: supervisorCount }, (_, index) =>
		person(SUPERVISOR_NAMES[index] ?? adultName(dice), 'supervisor', []),
	);
	const coordinator = person(COORDINATOR_NAME, 'coordinator', []);
	// Of a stream of their own: who came to the demo later changes nobody's id.
	const steering = (name: string, role: 'principal' | 'board' | 'confidant'): Person => ({
		...{ type: 'person', v: 1, id: idOf('person', seededUlid(ENTERED_AT_MS, steeringDice)) },
		...{ schoolId, name, roles: [role], groupIds: [] },
	});
	const teachers = groups.map((group) => person(adultName(dice), 'teacher', [group.id]));

	const principal = steering(PRINCIPAL_NAME, 'principal');
	const board = steering(BOARD_NAME, 'board');
	const confidant = steering(CONFIDANT_NAME, 'confidant');

	const pupilsByGroup = groups.map((group, index) => {
		const count = Math.floor(((index + 1) * pupils) / groups.length) - Math.floor((index * pupils) / groups.length);
		const taken = new Set<string>();
		return Array.from({ length: count }, (): Pupil => {
			let name = drawName(dice);
			// Two of one first name in a group happen, but seldom; two of one full name never here.
			for (let tries = 0; tries < 20 && taken.has(name.firstName) && (tries > 0 || dice.chance(0.9)); tries++) {
				name = drawName(dice);
			}
			taken.add(name.firstName);
			return { type: 'pupil', v: 1, id: idOf('pupil', ulid()), schoolId, groupId: group.id, ...name };
		});
	});
	const staff = { supervisors, teachers, coordinator, principal, board, confidant };
	return { school, site, groups, pupilsByGroup, places, ...staff };
}

function adultName(dice: Dice): string {
	const { firstName, prefix, lastName } = drawName(dice);
	return [firstName, prefix, lastName].filter(Boolean).join(' ');
}

/** A, B … Z, AA, AB …, for schools of any size. */
function parallelName(index: number): string {
	const letter = String.fromCharCode(65 + (index % 26));
	return index < 26 ? letter : parallelName(Math.floor(index / 26) - 1) + letter;
}
