import { setTimeout as sleep } from "node:timers/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import type { PutEvent } from "../log-events/put";
import { type ArchiveLocation, readArchive } from "./archive";
import { type Delivery, deliveryOf } from "./delivery";
import { findByIds, type SearchLocation } from "./search";

const POLL_MS = 250;
/** The forwarder itself retries for up to its time-out, two minutes by default. */
const STALL_SECONDS = 180;

export interface Destinations {
  readonly search: SearchLocation;
  readonly archive: ArchiveLocation;
  readonly s3: S3Client;
}

export interface GroupReport extends Delivery {
  /** From the last put to the last event found, in seconds; undefined when not all were found. */
  readonly searchableSeconds: number | undefined;
}

/**
 * Waits until every event is searchable and archived, or nothing more has arrived for {@link STALL_SECONDS}.
 *
 * @param putAt when the last of them was put, in milliseconds since the epoch
 * @param onProgress told how many are searchable
 */
export async function waitForDelivery(
  events: ReadonlyMap<string, readonly PutEvent[]>,
  destinations: Destinations,
  putAt: number,
  onProgress: (searchable: number) => void,
): Promise<GroupReport[]> {
  const searchableAt = new Map<string, number>();
  const missing = new Map([...events].map(([group, put]) => [group, new Set(put.map(({ id }) => id))]));
  const total = [...events.values()].reduce((sum, { length }) => sum + length, 0);
  const progress = (open: number) => onProgress(total - open);
  await untilStalled(async () => {
    for (const [group, ids] of missing) {
      for (const { _id } of await findByIds(destinations.search, [...ids])) ids.delete(_id);
      if (ids.size === 0 && !searchableAt.has(group)) searchableAt.set(group, Date.now());
    }
    const open = [...missing.values()].reduce((sum, { size }) => sum + size, 0);
    return open;
  }, progress);

  let deliveries: Delivery[] = [];
  await untilStalled(async () => {
    const objects = await readArchive(destinations.s3, destinations.archive);
    deliveries = await Promise.all(
      [...events].map(async ([group, put]) => {
        const ids = put.map(({ id }) => id);
        return deliveryOf(group, put, await findByIds(destinations.search, ids), objects);
      }),
    );
    return deliveries.reduce((sum, { lost }) => sum + lost, 0);
  });
  return deliveries.map((delivery) => {
    const at = searchableAt.get(delivery.logGroup);
    return { ...delivery, searchableSeconds: at === undefined ? undefined : Math.max(0, (at - putAt) / 1000) };
  });
}

/** Calls `countOpen` until it returns 0, or for a while nothing lower. */
async function untilStalled(countOpen: () => Promise<number>, onProgress = (_open: number) => {}): Promise<void> {
  let last = Number.POSITIVE_INFINITY;
  for (let changedAt = Date.now(); Date.now() - changedAt < STALL_SECONDS * 1000; await sleep(POLL_MS)) {
    const open = await countOpen();
    if (open < last) {
      onProgress(open);
      changedAt = Date.now();
    }
    if (open === 0) return;
    last = open;
  }
}
