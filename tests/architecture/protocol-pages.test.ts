import { format } from 'prettier';
import { expect, test } from 'vitest';
import type { Clock, Protocol, Step } from '#domain/protocols/protocol.ts';
import type { ProtocolTexts } from '#domain/protocols/protocol-texts.ts';
import { SHIPPED_PROTOCOLS } from '#domain/protocols/shipped-protocols.ts';
import { SHIPPED_TEXTS } from '#domain/protocols/shipped-texts.ts';

test('docs/shipped-protocols.md draws what the data says; after a change: vitest -u', async () => {
	const pages = Object.values(SHIPPED_PROTOCOLS).map((each) => page(each, SHIPPED_TEXTS[each.name]));
	const text = [
		'# The protocols that come with Pleinwacht',
		'Drawn from the data in `src/lib/domain/protocols`. [protocols.md](protocols.md) says how they run.',
		...pages,
	].join('\n\n');
	await expect(
		await format(text, { parser: 'markdown', useTabs: true, printWidth: 120, proseWrap: 'preserve' }),
	).toMatchFileSnapshot('../../docs/shipped-protocols.md');
});

function page(protocol: Protocol, texts: ProtocolTexts): string {
	const rows = protocol.steps.map((step) => {
		const title = texts.steps[step.key]?.title.en ?? step.key;
		const due = step.clock ? clockText(step.clock) : '';
		return `| \`${step.key}\` | ${title} | ${step.by} | ${step.about} | ${due} | ${step.sources.join(', ')} |`;
	});
	return [
		`## ${texts.title.en} (\`${protocol.name}\`)`,
		texts.summary.en,
		`\`\`\`mermaid\n${picture(protocol, texts)}\n\`\`\``,
		['| step | | who | with | due after | sources |', '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n'),
	].join('\n\n');
}

function clockText({ unit, from, until }: Clock): string {
	const span = from === until ? `${from}` : `${from}–${until}`;
	return `${span} ${unit === 'days' ? 'days' : 'school days'}`;
}

function picture({ steps }: Protocol, texts: ProtocolTexts): string {
	const lines = steps.flatMap((step) => [node(step, texts), ...edgesTo(step), ...endings(step)]);
	return ['flowchart TD', ...lines.map((line) => `\t${line}`)].join('\n');
}

function node({ key, optional }: Step, texts: ProtocolTexts): string {
	const title = texts.steps[key]?.title.en.replaceAll('"', "'") ?? key;
	return optional ? `${key}(["${title}"])` : `${key}["${title}"]`;
}

function edgesTo({ key, after }: Step): string[] {
	return after.flat().map(({ step, outcome }) => (outcome ? `${step} -- ${outcome} --> ${key}` : `${step} --> ${key}`));
}

function endings({ key, outcomes }: Step): string[] {
	return (outcomes ?? []).flatMap(({ key: outcome, then }) => {
		if (!then) return [];
		if (then.kind === 'close') return [`${key} -- ${outcome} --> closed((${then.as}))`];
		const [first, ...more] = then.at;
		return [`${key} -. ${outcome} .-> ${first}${more.length > 0 ? ' & others' : ''}`.replace(' & others', '')];
	});
}
