import { once } from "node:events";
import type { Writable } from "node:stream";
import type { RunDeadline } from "../../archive/deadlines";
import { rejectUndecodable } from "../records";
import type { ReplaySink } from "./sink";

/** Prints one line of JSON for each event, with the names of CloudWatch Logs' envelopes. `timestamp` is in ms since the epoch. */
export function stdoutSink(output: Writable, { signal }: RunDeadline): ReplaySink {
  return {
    detectsDuplicates: false,
    async deliver(records, progress) {
      rejectUndecodable(records, progress);
      for (const [record, { envelopes, rejection }] of records.entries()) {
        let position = 0;
        for (const { owner, logGroup, logStream, logEvents } of envelopes) {
          const lines = logEvents.map(({ id, timestamp, message, extractedFields }) =>
            JSON.stringify({ timestamp, owner, logGroup, logStream, id, message, extractedFields, rejection }),
          );
          if (!output.write(`${lines.join("\n")}\n`)) await drained(output, signal);
          progress.delivered({ record, position, count: lines.length }, false);
          position += lines.length;
        }
      }
    },
  };
}

async function drained(output: Writable, signal: AbortSignal): Promise<void> {
  await once(output, "drain", { signal }).catch((error) => {
    signal.throwIfAborted();
    throw error;
  });
}
