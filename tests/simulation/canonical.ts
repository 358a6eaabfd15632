/** Moments a device may put right when it learns that its clock is wrong. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}\.\d{3}Z)?$/;

/** What somebody wrote, whatever their clock said. */
export function withoutMoments(document: object): string {
	const fields = Object.entries(document).filter(([, value]) => typeof value !== 'string' || !MOMENT.test(value));
	return canonical(Object.fromEntries(fields));
}

/** JSON with the keys in order: the same contents give the same text, whoever wrote it down. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const fields = Object.entries(value as Record<string, unknown>)
		.filter(([, each]) => each !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
