import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Interruption } from "../patience";
import { UNDECODABLE } from "../records";
import type { ReplaySink } from "./sink";

/** One line of JSON for each event, named as in CloudWatch Logs' envelopes. `timestamp` is in ms since the epoch. */
export function stdoutSink(output: Writable, { over }: Interruption): ReplaySink {
  return {
    findsPresent: false,
    async deliver(records, progress) {
      for (const [record, { envelope, rejection }] of records.entries()) {
        if (!envelope) {
          progress.rejected({ record, position: 0 }, UNDECODABLE);
          continue;
        }
        const { owner, logGroup, logStream, logEvents } = envelope;
        const lines = logEvents.map(({ id, timestamp, message }) =>
          JSON.stringify({ timestamp, owner, logGroup, logStream, id, message, rejection }),
        );
        if (!output.write(`${lines.join("\n")}\n`)) await drained(output, over);
        progress.delivered({ record, position: 0, count: lines.length }, false);
      }
    },
  };
}

async function drained(output: Writable, over: AbortSignal): Promise<void> {
  await once(output, "drain", { signal: over }).catch((error) => {
    over.throwIfAborted();
    throw error;
  });
}
