import { setTimeout as sleep } from "node:timers/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ArchiveLocation } from "./archive";
import { ArchivedEvents } from "./archived-events";
import { type Delivery, deliveryOf } from "./delivery";
import type { EventLedger } from "./event-ledger";
import { FoundEvents } from "./found-events";
import { SEARCH_RETRY_POLICY } from "./retrying-search";
import { foundIds, type SearchLocation } from "./search";
import { SearchableEvents } from "./searchable-events";

const POLL_MS = 250;
/** The forwarder itself retries for up to its time-out, two minutes by default. */
const STALL_SECONDS = 180;

export interface Destinations {
  readonly search: SearchLocation;
  readonly archive: ArchiveLocation;
  readonly s3: S3Client;
}

export interface GroupReport extends Delivery {
  /** From the beginning of the wait to the last event found, in seconds; undefined when not all were found. */
  readonly searchableSeconds: number | undefined;
}

export interface DeliveryReport {
  readonly groups: readonly GroupReport[];
  /** The keys of objects in the archive that are not the pipeline's. */
  readonly foreignObjects: readonly string[];
}

/** Told while it goes on; the same `step` counts up to all events. */
export type OnDelivery = (count: number, step: "searchable" | "archived" | "verified") => void;

/**
 * Waits until every event is searchable and archived, or nothing more has arrived for `stallSeconds`; then looks for all of
 * them once more in both places, since duplicates may come later, and an object may be deleted.
 */
export async function waitForDelivery(
  ledger: EventLedger,
  { search, archive, s3 }: Destinations,
  onProgress: OnDelivery,
  { stallSeconds = STALL_SECONDS, pollMs = POLL_MS, searchRetryPolicy = SEARCH_RETRY_POLICY } = {},
): Promise<DeliveryReport> {
  const begin = performance.now();
  const stall = { stallSeconds, pollMs };
  const searchable = new SearchableEvents(ledger, search, searchRetryPolicy);
  await untilStalled(async () => {
    await searchable.update();
    onProgress(searchable.found.size, "searchable");
    return ledger.size - searchable.found.size;
  }, stall);

  const archived = new ArchivedEvents(ledger, s3, archive);
  await untilStalled(async () => {
    await archived.update();
    onProgress(archived.found.size, "archived");
    return ledger.size - archived.found.size;
  }, stall);

  const inIndex = new FoundEvents(ledger);
  for await (const ids of foundIds(search, ledger.ids(), searchRetryPolicy)) {
    inIndex.add(ids);
    onProgress(inIndex.size, "verified");
  }
  await archived.update();
  const groups = ledger.logGroups.map((logGroup) => {
    const at = searchable.completeAt(logGroup);
    const searchableSeconds = at === undefined ? undefined : (at - begin) / 1000;
    return { ...deliveryOf(logGroup, ledger, inIndex, archived), searchableSeconds };
  });
  return { groups, foreignObjects: archived.foreign };
}

/** Calls `countOpen` until it returns 0, or for a while nothing lower. */
async function untilStalled(
  countOpen: () => Promise<number>,
  { stallSeconds, pollMs }: { stallSeconds: number; pollMs: number },
): Promise<void> {
  let last = Number.POSITIVE_INFINITY;
  for (let changedAt = performance.now(); performance.now() - changedAt < stallSeconds * 1000; await sleep(pollMs)) {
    const open = await countOpen();
    if (open === 0) return;
    if (open < last) changedAt = performance.now();
    last = open;
  }
}
