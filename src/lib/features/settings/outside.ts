import type { Result } from '#domain/result.ts';

/** Does something at the server, shows how it stands there, and gives its answer; null when it failed, which is said. */
export type Change = <T>(asked: Promise<Result<T, unknown>>) => Promise<T | null>;
