import type { Bucket } from "../archive/bucket";
import { listFailure } from "../archive/bucket-errors";
import { StoppedError } from "../archive/outcome-errors";
import { KIND_READERS } from "../replay/kinds";
import type { AuditArguments } from "./arguments/arguments";
import { replayArguments } from "./arguments/replay-arguments";
import type { Beside } from "./report";

/** Counts the objects of dead letters, and of batches that Lambda gave up on, that may have events of the range. @throws StoppedError */
export async function objectsBeside(bucket: Bucket, args: AuditArguments): Promise<Beside[]> {
  const beside: Beside[] = [];
  try {
    for (const kind of ["dead-letter", "undelivered"] as const) {
      for (const prefix of await KIND_READERS[kind].prefixes(bucket, replayArguments(args, kind, args.selection))) {
        let objects = 0;
        for await (const _ of bucket.list(prefix)) objects++;
        if (objects > 0) beside.push({ kind, prefix, objects });
      }
    }
  } catch (error) {
    throw new StoppedError(listFailure(error, bucket.name));
  }
  return beside;
}
