import { setTimeout as sleep } from "node:timers/promises";
import type { StoredObject } from "../../archive/bucket";
import { createClients } from "../../archive/clients";
import { StoppedError } from "../../archive/outcome-errors";
import { SdkBucket } from "../../archive/sdk-bucket";
import { HOUR_MS } from "../../core/events/durations";
import { MAX_EVENT_AHEAD_MS } from "../../core/events/limits";
import { shown } from "../../tools/text/one-line";
import { UsageError } from "../../tools/usage/usage-error";
import type { TailArguments } from "../arguments/tail";
import type { QueryIo } from "../io";
import { PrintedEvents } from "../printed-events";
import { eventsInOrder } from "../read-in-order";
import { archivedObjects } from "../source";

/** Between two listings, in ms. */
const EVERY_MS = 5_000;

const MINUTE_MS = 60_000;

/** The clock of a tail; `sleep` ends it by throwing. */
export interface TailClock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

/**
 * Prints the events of new objects until the process ends: of the hours since the beginning, and later of the last hour and this one.
 *
 * @throws UsageError when it cannot begin, or access is denied
 */
export async function runTail(
  { source, sinceMinutes, pattern, isJson }: TailArguments,
  io: QueryIo,
  clock: TailClock = { now: Date.now, sleep },
): Promise<never> {
  const clients = createClients(io.env);
  await clients.region();
  const bucket = new SdkBucket(clients.s3, source.bucket, io.signal);
  const printed = new PrintedEvents(io.output, isJson);
  const fromMs = clock.now() - sinceMinutes * MINUTE_MS;
  let known = new Set<string>();
  for (let isFirst = true; ; isFirst = false) {
    const toMs = clock.now() + 1;
    // A listing begins as long before its range as events can be ahead of their arrival.
    const listedFromMs = Math.max(fromMs, toMs - HOUR_MS) + MAX_EVENT_AHEAD_MS;
    const range = { fromMs: isFirst ? fromMs + MAX_EVENT_AHEAD_MS : listedFromMs, toMs, lateHours: 0 };
    const objects = await listed(isFirst);
    const added = objects?.filter((object) => !known.has(versionOf(object))) ?? [];
    if (objects) known = new Set(objects.map(versionOf));
    added.sort((a, b) => (a.modified ?? 0) - (b.modified ?? 0));
    const events = eventsInOrder(bucket, added, source, ({ key }, reason) => io.log(`${shown(key)} ${reason}`));
    try {
      for await (const event of events) {
        if (event.time >= fromMs && pattern?.test(event.message) !== false) await printed.print(event);
      }
    } catch (error) {
      throw error instanceof StoppedError ? new UsageError([error.message]) : error;
    }
    await clock.sleep(EVERY_MS);

    async function listed(isNecessary: boolean): Promise<StoredObject[] | undefined> {
      try {
        return await archivedObjects(bucket, source, range);
      } catch (error) {
        if (isNecessary || !(error instanceof UsageError)) throw error;
        // The next listing has what this one would have.
        io.log(error.errors.join(" "));
        return undefined;
      }
    }
  }
}

const versionOf = ({ key, etag }: StoredObject): string => `${key} ${etag}`;
