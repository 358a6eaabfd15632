import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { aCircle, aSchoolProtocol } from '#tests/factories/protocols.ts';
import { aPupil, anObservation } from '#tests/factories/school.ts';
import { readDocuments } from './read-documents.ts';

async function read(text: string) {
	const lines = [];
	for await (const line of readDocuments(Readable.from([text]))) lines.push(line);
	return lines;
}

test('every line is a document; empty lines, line ends of Windows and a byte order mark are no trouble', async () => {
	const [pupil, observation] = [aPupil(1, 'Zoë'), anObservation(1)];
	const lines = await read(`\uFEFF${JSON.stringify(pupil)}\r\n\r\n${JSON.stringify(observation)}`);
	expect(lines).toEqual([
		{ ok: true, value: pupil },
		{ ok: true, value: observation },
	]);
});

test('a reminder that was worked out wrong once is passed over; nobody needs it to know what is due', async () => {
	const wrong = { type: 'reminder', v: 1, until: '+010000-01' };
	const pupil = aPupil(1, 'Zoë');
	const lines = await read([wrong, pupil].map((each) => JSON.stringify(each)).join('\n'));
	expect(lines).toEqual([{ ok: true, value: pupil }]);
});

test.each([
	['{"type":', /^not JSON \(.+\)$/],
	['[1, 2]', /^not a document/],
	['{"type":"report"}', /^unknown type "report"$/],
	['{"type":"__proto__"}', /^unknown type/],
	[JSON.stringify({ ...anObservation(1), basket: 'purple' }), /^observation: basket: not one of "green"/],
	[JSON.stringify({ ...anObservation(1), mood: 'bad' }), /^observation: unknown key "mood"$/],
	[JSON.stringify({ ...anObservation(1), behaviours: [] }), /^observation: behaviours: too small, at least 1$/],
	[JSON.stringify({ ...anObservation(1), occurredAt: '2026-02-30T12:00' }), /^observation: occurredAt: /],
	[JSON.stringify({ ...anObservation(1), id: 'obs_1' }), /^observation: id: does not match/],
	[
		JSON.stringify({ ...anObservation(1), participants: [{ role: 'winner', pupilId: aPupil(1, 'Zoë').id }] }),
		/^observation: participants\.0\.role: not one of "instigator"/,
	],
	[
		JSON.stringify(aSchoolProtocol(1, 'fiveB', { protocol: aCircle('fiveB') })),
		/^protocol: protocol\.steps\.0\.after: waits for itself: bekijken → .* → bekijken$/,
	],
])('a wrong line is named with its number and what is wrong: %s', async (wrong, problem) => {
	const lines = await read(`${JSON.stringify(aPupil(1, 'Zoë'))}\n\n${wrong}\n`);
	expect(lines[1]).toEqual({ ok: false, error: { line: 3, problem: expect.stringMatching(problem) as string } });
});
