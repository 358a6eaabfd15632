import { Argument, Command } from 'commander';
import * as z from 'zod';
import { DOCUMENT_SCHEMAS } from '#domain/document.ts';
import { Session, SignInOptions, SignInRequest } from '#domain/session.ts';
import {
	BucketsResponse,
	PullHeader,
	PullLine,
	PullRequest,
	PushRequest,
	PushResponse,
} from '#domain/sync/messages.ts';
import { RescueOutcome } from '#domain/sync/rescue-outcome.ts';
import { RescueFile } from '#domain/sync/rescue.ts';
import { SchoolKey } from '#domain/sync/sealed-revision.ts';

const MESSAGE_SCHEMAS = {
	Session,
	SignInOptions,
	SignInRequest,
	PushRequest,
	PushResponse,
	PullRequest,
	BucketsResponse,
	PullHeader,
	PullLine,
	SchoolKey,
	RescueFile,
	RescueOutcome,
};

const ALL: Readonly<Record<string, z.core.$ZodType>> = { ...DOCUMENT_SCHEMAS, ...MESSAGE_SCHEMAS };

/** `cli schema`: what every document and message looks like, for who writes another program. */
export function schemaCommand(): Command {
	return new Command('schema')
		.description('Print the JSON Schema of one document or message, or of all by name.')
		.addArgument(new Argument('[name]', 'of which').choices(Object.keys(ALL)))
		.action((name: string | undefined) => {
			const schema = name ? ALL[name] : undefined;
			const shown = schema
				? z.toJSONSchema(schema)
				: Object.fromEntries(Object.entries(ALL).map(([each, one]) => [each, z.toJSONSchema(one)]));
			process.stdout.write(`${JSON.stringify(shown, null, '\t')}\n`);
		});
}
