import type { Send } from "../http/send";
import { ensureIndices } from "./ensure-indices";
import type { PipelineIndices } from "./pipeline-indices";

/** The longest that template and policy may hold up a batch, in milliseconds, and their part of its time. */
const LIMIT_MS = 5_000;
const SHARE_OF_TIME = 1 / 4;

/** After the first attempt that fails, and the longest wait; each is twice as long as the one before. An engine may be up in seconds. */
const FIRST_WAIT_MS = 10_000;
const MAX_WAIT_MS = 3_600_000;

export interface IndexSetupIo {
  send: Send;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** See `ensureIndices`. @default false */
  onlyMissing?: boolean;
}

/**
 * Ensures index template and lifecycle policy before a process writes for the first time, and again some time after an attempt
 * that failed.
 *
 * @param remainingMs until nothing can be delivered any more
 * @returns what is not as it should be; nothing where it is, or where it is not the time for another attempt
 */
export type IndexSetup = (remainingMs: number) => Promise<readonly string[]>;

/** @param indices undefined: nothing is ensured */
export function indexSetup(
  indices: PipelineIndices | undefined,
  { send, monotonicMs, onlyMissing = false }: IndexSetupIo,
): IndexSetup {
  let nextMs = Number.NEGATIVE_INFINITY;
  let waitMs = FIRST_WAIT_MS;
  return async (remainingMs) => {
    const startMs = monotonicMs();
    if (!indices || startMs < nextMs) return [];
    const endMs = startMs + Math.min(LIMIT_MS, remainingMs * SHARE_OF_TIME);
    const io = { send, remainingMs: () => Math.floor(endMs - monotonicMs()) };
    const warnings = await ensureIndices(indices, io, { onlyMissing });
    nextMs = warnings.length === 0 ? Number.POSITIVE_INFINITY : monotonicMs() + waitMs;
    waitMs = Math.min(MAX_WAIT_MS, 2 * waitMs);
    return warnings;
  };
}
