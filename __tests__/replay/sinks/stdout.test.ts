import { once } from "node:events";
import { PassThrough } from "node:stream";
import { RunDeadline } from "../../../archive/deadlines";
import { emptyTally, tallyProgress } from "../../../replay/sinks/sink";
import { stdoutSink } from "../../../replay/sinks/stdout";
import { ARRIVAL, envelope, logEvent } from "../../support/kinesis";
import { undecodableRecord } from "../../support/undecodable-record";

const origin = { shardId: "shard", sequenceNumber: "1", region: "eu-central-1", arrival: ARRIVAL };

describe("stdoutSink", () => {
  it("waits for a slow reader instead of filling the memory", async () => {
    const output = new PassThrough({ highWaterMark: 10 });
    let delivered = false;
    const delivering = stdoutSink(output, new RunDeadline())
      .deliver([{ origin, envelopes: [envelope([logEvent(1)])] }], tallyProgress(emptyTally()))
      .then(() => {
        delivered = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    expect(delivered).toBe(false);
    const drained = once(output, "drain");
    output.resume();
    await Promise.all([drained, delivering]);
    expect(delivered).toBe(true);
  });

  it("counts an undecodable record, which has no event to print, as rejected", async () => {
    const output = new PassThrough();
    const tally = emptyTally();
    await stdoutSink(output, new RunDeadline()).deliver(
      [undecodableRecord(), { origin, envelopes: [envelope([logEvent(1)])] }],
      tallyProgress(tally),
    );
    expect(tally).toEqual({ found: 0, delivered: 1, alreadyIndexed: 0, rejected: 1, dropped: 0 });
    expect(output.read().toString().split("\n")).toHaveLength(2);
  });
});
