import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Interruption } from "../patience";
import type { Sink } from "./sink";

/** One line of JSON for each event, named as in CloudWatch Logs' envelopes. `timestamp` is in ms since the epoch. */
export function stdoutSink(output: Writable, { over }: Interruption): Sink {
  return {
    findsPresent: false,
    async deliver(records, tally) {
      for (const { envelope, refusal } of records) {
        if (!envelope) {
          tally.refused++;
          continue;
        }
        const { owner, logGroup, logStream, logEvents } = envelope;
        const lines = logEvents.map(({ id, timestamp, message }) =>
          JSON.stringify({ timestamp, owner, logGroup, logStream, id, message, refusal }),
        );
        if (!output.write(`${lines.join("\n")}\n`)) await drained(output, over);
        tally.delivered += lines.length;
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
