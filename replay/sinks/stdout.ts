import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Sink } from "./sink";

/** One line of JSON for each event, named as in CloudWatch Logs' envelopes. `timestamp` is in ms since the epoch. */
export function stdoutSink(output: Writable): Sink {
  return {
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
        if (!output.write(`${lines.join("\n")}\n`)) await once(output, "drain");
        tally.delivered += lines.length;
      }
    },
  };
}
