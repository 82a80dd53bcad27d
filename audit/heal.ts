import type { StoredObject } from "../archive/bucket";
import { documentId } from "../core/events/document-id";
import type { ReplayRecord } from "../replay/records";
import { emptyTally, type ReplaySink, tallyProgress } from "../replay/sinks/sink";
import { joinedRecord, readObject, type UnreadObject } from "./archived-events";
import type { IdsByObject, UnitComparison } from "./comparison";
import type { DocumentCopy } from "./engine/index-documents";
import { removable } from "./removable";

export interface HealIo {
  sink: ReplaySink;
  /** Removes documents, those alone that nobody has written since. @returns how many are removed */
  remove(copies: readonly DocumentCopy[]): Promise<number>;
}

/** What was done. */
export interface Healed {
  /** Events that were delivered. */
  delivered: number;
  removed: number;
  /** Objects whose events could not be delivered. */
  failed: UnreadObject[];
}

/**
 * Mends what a comparison has named: delivers what is missing, as a replay does; with `deletes` removes copies and documents without an
 * event, and writes altered ones again. Nothing is removed while an object cannot be read, which may have their events.
 *
 * @throws StoppedError
 */
export async function heal(comparison: UnitComparison, deletes: boolean, io: HealIo): Promise<Healed> {
  const healed: Healed = { delivered: 0, removed: 0, failed: [] };
  const isRemoving = deletes && comparison.unread.length === 0;
  if (isRemoving) healed.removed = await io.remove(await removable(comparison));
  await deliver(comparison.toDeliver, comparison, io, healed);
  if (isRemoving) await deliver(comparison.toRewrite, comparison, io, healed);
  await comparison.io.index.refresh();
  return healed;
}

async function deliver(ids: IdsByObject, comparison: UnitComparison, { sink }: HealIo, healed: Healed): Promise<void> {
  const { io, objects } = comparison;
  const byKey = new Map(objects.map((object) => [object.key, object]));
  for (const [key, wanted] of ids) {
    const tally = emptyTally();
    const visit = async (records: readonly ReplayRecord[]) => {
      const chosen = records.flatMap((record) => chosenOf(joinedRecord(record, io.messages), wanted));
      if (chosen.length > 0) await sink.deliver(chosen, tallyProgress(tally));
    };
    await readObject("archive", byKey.get(key) as StoredObject, visit, io, healed.failed);
    healed.delivered += tally.delivered;
  }
}

/** Returns a record with those of its events whose documents' ids are wanted, or none. */
function chosenOf(record: ReplayRecord, wanted: ReadonlySet<string>): ReplayRecord[] {
  const envelopes = record.envelopes
    .map((envelope) => ({
      ...envelope,
      logEvents: envelope.logEvents.filter(({ id }) => wanted.has(documentId(id, envelope))),
    }))
    .filter(({ logEvents }) => logEvents.length > 0);
  return envelopes.length > 0 ? [{ ...record, envelopes }] : [];
}
