/**
 * What is simulated, and nothing else: the product's own code as one value, so that a world can be loaded with a line
 * of it changed. Types come from the product itself; only values pass through here.
 */
export { answerProblemsWithTheTable } from '#server/gateway/problem.ts';
export { pullRoute } from '#server/gateway/pull.ts';
export { pushRoute } from '#server/gateway/push.ts';
export { rescueRoute } from '#server/gateway/rescue.ts';
export { takeInRescue } from '#server/rescue/take-in.ts';
export { databaseOf, denyListOf, openSchools } from '#server/schools.ts';
export { erase } from '#server/retention/erase.ts';
export { expire } from '#server/retention/expire.ts';
export { envelopeOf } from '#server/store/envelope.ts';
export { contentRevision } from '#server/store/revision.ts';
export { analysis } from '#server/workers/analysis.ts';
export { reminders } from '#server/workers/reminders.ts';
export { startRetention } from '#server/workers/retention.ts';
export { startWorker } from '#server/workers/runner.ts';
export { writeRescueFile } from '#domain/sync/write-rescue.ts';
export { offerRescue } from '#lib/device/offer-rescue.ts';
export { openPersonWork } from '#lib/device/person-work.ts';
export { plainSealing } from '#lib/device/sealing.ts';
export { httpTransport } from '#lib/device/transport.ts';
