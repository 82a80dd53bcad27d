import type { Bucket } from "../archive/bucket";
import { listFailure } from "../archive/bucket-errors";
import { hours } from "../archive/hours";
import { StoppedError } from "../archive/outcome-errors";
import { KIND_READERS } from "../replay/kinds";
import type { AuditArguments } from "./arguments/arguments";
import { replayArguments } from "./arguments/replay-arguments";
import type { Beside } from "./report";

/**
 * Counts the dead letters that arrived in the hours of the range, since nobody can read their events' times, and the objects of batches
 * that Lambda gave up on and that may have events of it.
 *
 * @throws StoppedError
 */
export async function objectsBeside(bucket: Bucket, args: AuditArguments): Promise<Beside[]> {
  const { archivePrefix, selection } = args;
  const beside: Beside[] = [];
  try {
    const deadLetters = hours(selection.fromMs, selection.toMs - 1).map(
      (hour) => `${archivePrefix}dead-letter/${hour}/`,
    );
    const undelivered = await KIND_READERS.undelivered.prefixes(
      bucket,
      replayArguments(args, "undelivered", selection),
    );
    const prefixes = [
      ...deadLetters.map((prefix) => ({ kind: "dead-letter", prefix }) as const),
      ...undelivered.map((prefix) => ({ kind: "undelivered", prefix }) as const),
    ];
    for (const { kind, prefix } of prefixes) {
      let objects = 0;
      for await (const _ of bucket.list(prefix)) objects++;
      if (objects > 0) beside.push({ kind, prefix, objects });
    }
  } catch (error) {
    throw new StoppedError(listFailure(error, bucket.name));
  }
  return beside;
}
