import type { S3Client } from "@aws-sdk/client-s3";
import { eventIdOf } from "../../core/events/document-id";
import type { ArchiveLocation } from "./archive";
import { ArchivedEvents } from "./archived-events";
import { type Delivery, deliveryOf } from "./delivery";
import type { EventLedger } from "./event-ledger";
import { FoundEvents } from "./found-events";
import { SEARCH_RETRY_POLICY, type SearchRetryPolicy } from "./retrying-search";
import { foundIds, type SearchLocation } from "./search";
import { SearchableEvents } from "./searchable-events";
import { untilStalled } from "./until-stalled";

export interface Destinations {
  readonly search: SearchLocation;
  readonly archive: ArchiveLocation;
  readonly s3: S3Client;
}

export interface GroupReport extends Delivery {
  /** Seconds from the start of the wait, right after the last put, to the last event found; undefined when not all were found. */
  readonly searchableSeconds: number | undefined;
}

export interface DeliveryReport {
  readonly groups: readonly GroupReport[];
  /** Keys of objects in the archive that the pipeline did not write. */
  readonly foreignObjects: readonly string[];
  /** Why objects in the archive could not be read, by key; what they hold is not counted. */
  readonly unreadableObjects: ReadonlyMap<string, string>;
}

type WaitOptions = Parameters<typeof untilStalled>[1] & { readonly searchRetryPolicy?: SearchRetryPolicy };

/** Reports progress; each `step` counts up to all events. */
export type OnDelivery = (count: number, step: "searchable" | "archived" | "verified") => void;

/**
 * Waits until every event is searchable and archived, or none has arrived for `stallSeconds`. Then verifies all of them once
 * more in both destinations, since duplicates may arrive later and objects may be deleted.
 */
export async function waitForDelivery(
  ledger: EventLedger,
  { search, archive, s3 }: Destinations,
  onProgress: OnDelivery,
  { searchRetryPolicy = SEARCH_RETRY_POLICY, ...stall }: WaitOptions = {},
): Promise<DeliveryReport> {
  const begin = performance.now();
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
  for await (const ids of foundIds(search, ledger.documentIds(), searchRetryPolicy)) {
    inIndex.add(ids.map(eventIdOf));
    onProgress(inIndex.size, "verified");
  }
  await archived.update();
  const groups = ledger.logGroups.map((logGroup) => {
    const at = searchable.completeAt(logGroup);
    const searchableSeconds = at === undefined ? undefined : (at - begin) / 1000;
    return { ...deliveryOf(logGroup, ledger, inIndex, archived), searchableSeconds };
  });
  return { groups, foreignObjects: archived.foreign, unreadableObjects: archived.unreadable };
}
