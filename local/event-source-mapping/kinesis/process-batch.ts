import type { KinesisStreamEvent, KinesisStreamRecord } from "aws-lambda";
import type { InvocationResult } from "../../lambda/instance";
import { retryDelayMs } from "../retry-delay";
import { type Attempt, afterInvocation, type Discarded, withoutExpired } from "./attempt";
import type { StreamMappingSettings } from "./settings";

/** How often a disabled mapping checks whether it is enabled again, unless `sleep` ends earlier. */
const DISABLED_DELAY_MS = 1_000;

export interface BatchIo {
  /** Rejects when the function could not be invoked, such as by throttling: retried without using a retry attempt. */
  invoke(event: KinesisStreamEvent): Promise<InvocationResult>;
  /** Sends discarded records to the on-failure destination. */
  discard(discarded: Discarded): Promise<void>;
  sleep(ms: number): Promise<unknown>;
}

/**
 * Invokes the function with the batch until each record is processed or discarded, or `signal` is aborted.
 *
 * @param settings evaluated at each step
 */
export async function processBatch(
  batch: KinesisStreamRecord[],
  settings: () => StreamMappingSettings,
  io: BatchIo,
  signal: AbortSignal,
): Promise<void> {
  let open: Attempt[] = [{ records: batch, retryAttempts: 0, invocations: 0 }];
  let failures = 0;
  while (open.length > 0 && !signal.aborted) {
    if (!settings().enabled) {
      await io.sleep(DISABLED_DELAY_MS);
      continue;
    }
    const [current, ...later] = open as [Attempt, ...Attempt[]];
    const { pending: young, discarded: expired } = withoutExpired(current, settings(), Date.now());
    if (expired) await io.discard(expired);
    open = [...young, ...later];
    const attempt = young[0];
    if (!attempt) continue;

    const result = await io.invoke({ Records: [...attempt.records] }).catch(() => undefined);
    if (signal.aborted) return;
    if (result) {
      const next = afterInvocation(attempt, result, settings());
      if (next.discarded) await io.discard(next.discarded);
      open = [...next.pending, ...later];
      failures = next.pending.length === 1 && next.pending[0]!.retryAttempts > attempt.retryAttempts ? failures + 1 : 0;
    } else {
      failures++;
    }
    if (failures > 0) await io.sleep(retryDelayMs(failures));
  }
}
