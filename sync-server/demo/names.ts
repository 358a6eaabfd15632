import type { Dice } from './random.ts';

interface Origin {
	/** How many of a hundred children in this school. */
	readonly weight: number;
	readonly first: string;
	/** Last names; what stands before a `|` is the prefix. */
	readonly last: string;
}

/** First and last names as one meets them in Dutch schools, joined by dice: nobody in the demo is a real child. */
const ORIGINS: readonly Origin[] = [
	{
		weight: 46,
		first:
			'Sem Noor Daan Emma Finn Tess Lucas Saar Levi Julia Luuk Evi Mees Zoë Bram Lotte Thijs Fenna Stijn Roos Gijs Liv Teun Nina Jurre Sofie Siem Maud Hugo Isa Koen Fleur Ties Lieke Jesse Anna Ruben Eva Pim Jip Wout Merel Sjoerd Femke',
		last: 'de|Vries van|Dijk Bakker Visser Smit de|Boer Mulder de|Groot Bos Vos Hendriks van|Leeuwen Dekker Brouwer van der|Berg Koster Kuipers van|Wijk Postma Dijkstra Veenstra Schouten van den|Heuvel Willems Kok Jacobs Hoekstra van der|Meer Timmer Terpstra',
	},
	{
		weight: 9,
		first: 'Emir Elif Yusuf Zeynep Kerem Defne Mert Asya Eren Ecrin Arda Nisa Burak Ela Deniz Azra',
		last: 'Yılmaz Kaya Demir Şahin Çelik Aydın Öztürk Arslan Doğan Koç',
	},
	{
		weight: 10,
		first: 'Adam Aya Imran Yasmina Bilal Salma Ilyas Nora Zakaria Hiba Ayoub Malak Younes Inaya Sami Rania',
		last: 'El|Amrani Benali Bouzid El|Idrissi Chaoui Haddou Ziani Amezian Tahiri Boukhari',
	},
	{
		weight: 7,
		first: 'Jayden Chanel Shanti Rishi Giovanni Anjali Damian Soraya Kiran Naomi Rajiv Romaysa Xavier Priya',
		last: 'Ramdin Pinas Jagesar Kromosoeto Biharie Landveld Tjon Mahabier Wijngaarde Pengel Soekhoe Amatali',
	},
	{
		weight: 6,
		first: 'Jakub Zuzanna Antoni Hanna Szymon Maja Filip Oliwia Kacper Lena Wojciech Amelia',
		last: 'Kowalczyk Wiśniewski Nowicki Zieliński Wójcik Lewandowski Kamiński Mazur Dąbrowski',
	},
	{
		weight: 6,
		first: 'Omar Layan Karam Sidra Yamen Jana Majd Lamar Hamza Mira Qusay Tala',
		last: 'Al|Hariri Darwish Khalil Al|Masri Haddad Sabbagh Al|Khatib Naser Shami',
	},
	{
		weight: 5,
		first: 'Dylan Shanice Quincy Jamila Raynaldo Zuleika Elijah Chantal Sharlon Darlene',
		last: 'Martina Croes Maduro Winklaar Isenia Girigorie Felicia Cicilia Janga',
	},
	{
		weight: 3,
		first: 'Wei Lin Jia Hao Mei Jun Yifan Xinyi Kai Lanying',
		last: 'Chen Wang Zhou Liu Huang Wu Lam Cheung',
	},
	{
		weight: 4,
		first: 'Danylo Sofiia Maksym Polina Artem Zlata Nazar Daryna Bohdan Solomiia',
		last: 'Kovalenko Bondarenko Tkachenko Shevchuk Melnyk Kravets Lysenko Moroz',
	},
	{
		weight: 2,
		first: 'Abel Saron Yonas Feven Natnael Rahel Filmon Helen',
		last: 'Tesfay Haile Ghebre Mehari Kidane Tekle Berhane',
	},
	{
		weight: 2,
		first: 'Arsalan Zahra Ehsan Parisa Navid Setareh Farhad Laleh',
		last: 'Rahimi Ahmadi Noori Karimi Sharifi Azizi',
	},
];

const PARSED = ORIGINS.map(({ first, last }) => ({
	first: first.split(' '),
	// A prefix may hold a space of its own (`van der|Berg`), so names end where no bar follows.
	last: [...last.matchAll(/((?:[a-z]+ )*[\p{L}]+\|)?(\p{L}+)/gu)].map(([, prefix, name]) => ({
		prefix: prefix?.slice(0, -1),
		lastName: name ?? '',
	})),
}));
const TOTAL_WEIGHT = ORIGINS.reduce((sum, { weight }) => sum + weight, 0);

export interface FullName {
	readonly firstName: string;
	readonly prefix?: string;
	readonly lastName: string;
}

/** First and last name of one origin, as most families have. */
export function drawName(dice: Dice): FullName {
	let rest = dice.unit() * TOTAL_WEIGHT;
	const index = ORIGINS.findIndex(({ weight }) => (rest -= weight) < 0);
	const origin = PARSED[index];
	if (!origin) throw new Error('Weights of names do not add up');
	const { prefix, lastName } = dice.pick(origin.last);
	return { firstName: dice.pick(origin.first), ...(prefix !== undefined && { prefix }), lastName };
}
