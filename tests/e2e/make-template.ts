import { rmSync } from 'node:fs';
import { makeTemplate, TEMPLATE_VARIABLE } from './server.ts';

/** Once a run: the demo school that every test starts from. The returned function removes it. */
export default async function setUp(): Promise<() => void> {
	const template = await makeTemplate();
	process.env[TEMPLATE_VARIABLE] = template;
	return () => rmSync(template, { recursive: true, force: true });
}
