import type { DocumentType } from '#domain/document.ts';
import { DEVICES_OF_PERSON } from './devices.ts';
import type { ActorRole } from './rules.ts';
import { ACTOR_ROLES, TABLE, type Grants } from './table.ts';

/** What each scope's word means to a reader of `docs/access.md`. */
const WORDS: Readonly<Record<string, string>> = {
	school: 'the whole school',
	ownSite: 'what is of a site this person works at; what is of no known site is of all',
	everySite: 'only who works at every site',
	open: 'the whole school, but not what belongs to a restricted case',
	openAtSite: 'as `ownSite`, but not what belongs to a restricted case',
	ownGroup: 'what is about a pupil of an own group, or aimed at it',
	ownPupil: 'what is about a pupil of an own group',
	repeated: 'signals about a pupil of a site this person works at, once others noted more than one',
	assigned: 'what belongs to a case this person works on, or is told about its pupils',
	own: 'what this person wrote or owns',
	invited: 'what this person wrote in a step that was asked of this person',
	ownToday: 'what this person wrote, until 24 hours after it arrived',
	opened: 'what this person opened',
	oneself: 'this person’s own',
	others: 'anybody’s but one’s own',
	ownSiteAnswered: 'as `ownSite`, while it is answered and not accepted',
	schoolAnswered: 'the whole school, while it is answered and not accepted',
	ahead: 'what arrives before the document it belongs to',
};

/** The access table as a page for people: one line per document and action, one column per role. */
export function accessMatrix(): string {
	const types = Object.keys(TABLE) as DocumentType[];
	const documents = types.flatMap((type) => {
		const { read, create, revise, fields = {} } = TABLE[type];
		return [
			...row(`**${type}** read`, read),
			...row('create', create),
			...row('revise', revise),
			...Object.entries<Grants<string>>(fields).flatMap(([field, grants]) => row(`field \`${field}\``, grants)),
		];
	});
	const rows = [...documents, ...row('**devices** see, empty', DEVICES_OF_PERSON)];
	const used = new Set(rows.flatMap(([, ...cells]) => cells.flatMap((cell) => cell.split(', '))));
	const meanings = Object.entries(WORDS).filter(([word]) => used.has(word));
	return [
		...aligned([['', ...ACTOR_ROLES], ...rows]),
		'',
		...meanings.map(([word, meaning]) => `- \`${word}\`: ${meaning}`),
	].join('\n');
}

/** What is granted to nobody is no line: what is not in the table is denied. */
function row(name: string, grants: Grants<string>): string[][] {
	if (Object.keys(grants).length === 0) return [];
	return [[name, ...ACTOR_ROLES.map((role) => cell(role, grants))]];
}

function cell(role: ActorRole, grants: Grants<string>): string {
	const words = Object.entries(grants).flatMap(([word, roles]) => (roles?.includes(role) ? word : []));
	// Within the whole school, a narrower word says nothing more; what comes ahead is within nothing yet.
	const said = words.includes('school') ? words.filter((word) => word === 'school' || word === 'ahead') : words;
	return said.join(', ') || '–';
}

/** As the formatter would have it, so that the page is the same byte for byte. */
function aligned([head = [], ...rows]: string[][]): string[] {
	const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)));
	const line = (cells: readonly string[], fill = ' ') =>
		`| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
	return [
		line(head),
		line(
			head.map(() => ''),
			'-',
		),
		...rows.map((cells) => line(cells)),
	];
}
