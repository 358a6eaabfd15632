import { buildApp } from './app.ts';
import { demoPeopleOf } from './accounts/demo-people.ts';
import { HOST_WORKS } from './cli/host-works.ts';
import { readConfig, type Config } from './config.ts';
import { mailSender } from './notify/mail.ts';
import { startOutside, type Channels } from './notify/outside.ts';
import { pushSender } from './notify/push.ts';
import { webhookSender } from './notify/webhook.ts';
import type { VapidKeys } from './notify/wishes.ts';
import { listenForHost } from './control/listen.ts';
import { foundDemoSchool } from './found-demo-school.ts';
import { firstInvitation, foundEmptySchool } from './found-empty-school.ts';
import { openSchools, type OpenSchool, type Schools } from './schools.ts';
import { StartUpProblem } from './start-up-problem.ts';
import { openHost } from './store/open-host.ts';
import { StoreUnavailable } from './store/unavailable.ts';
import { analysis } from './workers/analysis.ts';
import { reminders } from './workers/reminders.ts';
import { leasesOn } from './workers/leases.ts';
import { startRetention } from './workers/retention.ts';
import { startWorker } from './workers/runner.ts';
import { shareWork } from './workers/share.ts';
import { dateOf, toLocalDateTime } from '#domain/time/local-time.ts';

const now = () => new Date();
const WORKERS = [analysis, reminders];

try {
	await start(readConfig(process.env));
} catch (error) {
	// What the reader can mend is one sentence; a bug keeps its stack.
	console.error(error instanceof StartUpProblem || error instanceof StoreUnavailable ? error.message : error);
	process.exit(1);
}

async function start(config: Config): Promise<void> {
	const host = await openHost(config);
	const schools = await openSchools(host, now);
	if (schools.all().length === 0 && config.demo) {
		console.log('This store is empty: making a demo school with invented children.');
		const today = dateOf(toLocalDateTime(now(), 'Europe/Amsterdam'));
		await foundDemoSchool(schools, today, (stored) => console.log(`  ${stored} documents stored`));
	} else if (schools.all().length === 0) {
		await foundEmptySchool(host, schools, config.schoolName, now);
	} else {
		console.log('Keeping the data that is there.');
	}
	const channels = channelsOf(config, await schools.wishes.vapidKeys());
	const startWork = (school: OpenSchool, mayWork: () => boolean) =>
		Promise.all([
			...WORKERS.map((worker) => startWorker(worker, school, now, tellFault, mayWork)),
			startRetention(school, now, tellFault, mayWork),
			startOutside(school, schools.wishes, channels, now, tellFault, mayWork),
		]);
	const stopWork = await shareWork(schools, await leasesOn(host), startWork, tellFault);
	const app = await buildApp({ ...config, schools, now });
	const address = await app.listen({ port: config.port, host: config.host }).catch((error: NodeJS.ErrnoException) => {
		throw new StartUpProblem(whyNotListening(error, config));
	});
	const stopListening = await listenForHost(config.dataDir, schools, HOST_WORKS).catch(() => {
		console.error('The command line cannot reach this server while it runs: its data folder takes no socket.');
		return async () => {};
	});
	let stopping = false;
	async function stop() {
		if (stopping) return;
		stopping = true;
		await Promise.all([app.close(), stopListening()]);
		await stopWork();
		await schools.close();
	}
	process.on('SIGTERM', () => void stop());
	process.on('SIGINT', () => void stop());

	console.log(`\nPleinwacht is ready at ${address}`);
	schools.all().forEach(printWhoCanSignIn);
	for (const school of schools.all()) await printFirstInvitation(school, schools, config.publicUrl ?? address);
}

/** The ways out of this server, as far as they are set up. */
function channelsOf({ publicUrl, host, port, mail, webhook }: Config, keys: VapidKeys): Channels {
	const origin = publicUrl ?? `http://${host}:${port}`;
	return {
		origin,
		push: pushSender(keys, origin),
		mail: mail && mailSender(mail),
		webhook: webhook && webhookSender(webhook),
	};
}

/** On the terminal and nowhere else: who can read it runs the server. */
async function printFirstInvitation(school: OpenSchool, schools: Schools, url: string): Promise<void> {
	const code = await firstInvitation(school, schools);
	if (code === undefined) return;
	console.log(`${school.replica.school.name} has no administrator yet. Open this link, once, within a day:`);
	console.log(`  ${new URL(`/invitation#${code}`, url).href}`);
}

/** Its name and place only: the message may carry what was in a document. */
function tellFault(error: unknown): void {
	const fault = error instanceof Error ? `${error.name} ${error.stack?.split('\n')[1]?.trim() ?? ''}` : 'unknown';
	console.error(`A worker failed and will try again: ${fault}`);
}

function printWhoCanSignIn({ replica }: OpenSchool): void {
	const people = demoPeopleOf(replica);
	if (people.length === 0) return;
	console.log(`${replica.school.name} (demo). Sign in with one tap as:`);
	for (const { name, role, detail } of people) console.log(`  ${name}, ${role}${detail && ` of ${detail}`}`);
}

function whyNotListening({ code }: NodeJS.ErrnoException, { port, host }: Config): string {
	if (code === 'EADDRINUSE') return `Port ${port} on ${host} is in use. Stop what uses it, or choose another PORT.`;
	if (code === 'EACCES') return `Port ${port} needs more rights than this user has. Choose a PORT above 1023.`;
	return `Cannot listen on ${host}:${port} (${code}). Choose another HOST or PORT.`;
}
