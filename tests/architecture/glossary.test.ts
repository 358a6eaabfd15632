import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The words of the last column of `docs/glossary.md`, each with the term to use instead. */
function forbiddenWords(): Map<string, string> {
	const words = new Map<string, string>();
	for (const line of readFileSync('docs/glossary.md', 'utf8').split('\n')) {
		const cells = line.split('|').map((cell) => cell.trim());
		const term = /^`(\w+)`$/.exec(cells[1] ?? '')?.[1];
		if (!term) continue;
		for (const word of (cells[4] ?? '').split(',')) if (word.trim()) words.set(word.trim().toLowerCase(), term);
	}
	return words;
}

/** `schoolClass` → `school class`, so that words inside names are found too. */
function wordsOf(text: string): string[] {
	return text
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-zà-ÿ]+/);
}

/** Names of the web's own push messages: nobody can choose another word for them. */
const WEB_PUSH =
	/\b(showNotification|NotificationOptions|Notification\.\w+|event\.notification|notification(?=\??:))|'Notification'/g;

function findForbidden(text: string, forbidden: ReadonlyMap<string, string>): string[] {
	const words = wordsOf(text.replace(WEB_PUSH, ''));
	const joined = ` ${words.join(' ')} `;
	return [...forbidden]
		.filter(
			([word]) =>
				joined.includes(` ${word} `) ||
				joined.includes(` ${wordsOf(word).join(' ')} `) ||
				joined.includes(` ${word}s `),
		)
		.map(([word, term]) => `"${word}": say "${term}"`);
}

const CODE = execFileSync(
	'git',
	['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'sync-server', 'tests'],
	{ encoding: 'utf8' },
)
	.split('\n')
	.filter(
		(file) =>
			/\.(ts|svelte|json|css)$/.test(file) && !file.includes('tests/architecture/') && !file.endsWith('package.json'),
	);

test('the glossary forbids words', () => {
	expect(forbiddenWords().size).toBeGreaterThan(20);
	expect(findForbidden('const bullyCount = 1', forbiddenWords())).toEqual(['"bully": say "instigator"']);
});

test('code uses one word per idea', () => {
	const forbidden = forbiddenWords();
	const found = CODE.flatMap((file) =>
		findForbidden(`${file}\n${readFileSync(file, 'utf8')}`, forbidden).map((fault) => `${file}: ${fault}`),
	);
	expect(found).toEqual([]);
});
